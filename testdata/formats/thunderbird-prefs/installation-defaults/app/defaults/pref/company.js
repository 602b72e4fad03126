pref("mail.server.server1.check_time", 2);
pref("mail.server.server1.authMethod", 6);
pref("mail.server.default.check_time", 4);
pref("mail.server.default.leave_on_server", true);
pref("mail.smtpserver.smtp1.authMethod", 4, locked);
