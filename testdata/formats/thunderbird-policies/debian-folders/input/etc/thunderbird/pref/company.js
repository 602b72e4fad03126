pref("mail.server.server5.authMethod", 4);
pref("mail.server.server5.check_time", 6);
