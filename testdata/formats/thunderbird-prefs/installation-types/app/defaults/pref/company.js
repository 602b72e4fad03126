pref("mail.server.server1.port", "1995");
pref("mail.server.server1.check_time", "2");
