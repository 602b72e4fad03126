user_pref("mail.server.server1.check_time", 2)
user_pref("mail.server.server1.authMethod", 6);
user_pref("mail.server.server1.leave_on_server", true);
