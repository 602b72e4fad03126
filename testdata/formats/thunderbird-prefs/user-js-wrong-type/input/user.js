user_pref("mail.server.server1.check_time", "2");
