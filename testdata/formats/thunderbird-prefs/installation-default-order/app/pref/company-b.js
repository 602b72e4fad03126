pref("mail.server.server1.check_new_mail", true);
pref("mail.smtpserver.smtp1.authMethod", 5, locked);
