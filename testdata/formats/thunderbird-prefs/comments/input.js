# hash
// slashes
/* block
user_pref("mail.server.server1.check_time", 1); */
user_pref("mail.accountmanager.accounts", "account1");
user_pref("mail.smtpservers", "smtp1");
user_pref("extensions.lastAppVersion", "153.7.0");
user_pref("mail.ui-rdf.version", 61);
user_pref("mail.account.account1.server", "server1");
user_pref("mail.account.account1.identities", "id1");
user_pref("mail.server.server1.type", "pop3");
user_pref("mail.server.server1.hostname", "pop.example.org");
user_pref("mail.server.server1.userName", "ada@example.org");
user_pref("mail.server.server1.port", 995);
user_pref("mail.server.server1.socketType", 3);
user_pref("mail.identity.id1.useremail", "ada@example.org");
user_pref("mail.identity.id1.smtpServer", "smtp1");
user_pref("mail.smtpserver.smtp1.hostname", "smtp.example.org");
user_pref("mail.smtpserver.smtp1.username", "ada@example.org");
user_pref("mail.smtpserver.smtp1.type", "smtp");
user_pref("mail.smtpserver.smtp1.port", 465);
user_pref("mail.smtpserver.smtp1.try_ssl", 3);
user_pref("mail.smtpserver.smtp1.authMethod", 3);
user_pref("mail.server.server1.check_time", /* 1 */ 4); # 5
