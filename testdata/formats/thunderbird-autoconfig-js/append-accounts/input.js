# added to what the user has
pref("mail.accountmanager.appendaccounts", "account5");
pref("mail.account.account5.server", "server5");
pref("mail.account.account5.identities", "id5");
pref("mail.server.server5.type", "imap");
pref("mail.server.server5.hostname", "imap.example.org");
pref("mail.server.server5.userName", "%USERNAME%");
pref("mail.server.server5.socketType", 2);
pref("mail.identity.id5.useremail", "shared@example.org");
pref("mail.identity.id5.smtpServer", "smtp5");
pref("mail.smtpservers", "smtp5");
pref("mail.smtpserver.smtp5.hostname", "smtp.example.org");
