user_pref("mail.server.server1.check_time", 7);
user_pref("mail.server.server1.port", 2995);
user_pref("mail.server.server1.userName", "bob@example.org");
user_pref("mail.server.server1.authMethod", 4);
