user_pref("mail.server.server1.check_time", 2);
user_pref("mail.smtpserver.smtp1.authMethod", 6);
