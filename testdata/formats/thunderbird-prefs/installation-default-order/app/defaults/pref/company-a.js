pref("mail.server.server1.authMethod", 4);
pref("mail.server.server1.leave_on_server", true);
