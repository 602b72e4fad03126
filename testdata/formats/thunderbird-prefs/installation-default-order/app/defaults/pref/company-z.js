pref("mail.server.server1.authMethod", 6);
pref("mail.server.server1.check_new_mail", false);
pref("mail.server.server1.leave_on_server", false);
