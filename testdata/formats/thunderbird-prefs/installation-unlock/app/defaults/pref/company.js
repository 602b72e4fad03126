pref("general.config.filename", "company.cfg");
pref("mail.server.server1.check_time", 66, locked);
pref("mail.server.server1.port", 1995, locked);
pref("mail.server.server1.authMethod", 4);
