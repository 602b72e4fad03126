user_pref	(
 'mail.accountmanager.accounts' // name
 , "account1" /* end */ );
user_pref	(
 'mail.smtpservers' // name
 , "smtp1" /* end */ );
user_pref	(
 'extensions.lastAppVersion' // name
 , "153.7.0" /* end */ );
user_pref	(
 'mail.ui-rdf.version' // name
 , 61 /* end */ );
user_pref	(
 'mail.account.account1.server' // name
 , "server1" /* end */ );
user_pref	(
 'mail.account.account1.identities' // name
 , "id1" /* end */ );
user_pref	(
 'mail.server.server1.type' // name
 , "pop3" /* end */ );
user_pref	(
 'mail.server.server1.hostname' // name
 , "pop.example.org" /* end */ );
user_pref	(
 'mail.server.server1.userName' // name
 , "ada@example.org" /* end */ );
user_pref	(
 'mail.server.server1.port' // name
 , 995 /* end */ );
user_pref	(
 'mail.server.server1.socketType' // name
 , 3 /* end */ );
user_pref	(
 'mail.identity.id1.useremail' // name
 , "ada@example.org" /* end */ );
user_pref	(
 'mail.identity.id1.smtpServer' // name
 , "smtp1" /* end */ );
user_pref	(
 'mail.smtpserver.smtp1.hostname' // name
 , "smtp.example.org" /* end */ );
user_pref	(
 'mail.smtpserver.smtp1.username' // name
 , "ada@example.org" /* end */ );
user_pref	(
 'mail.smtpserver.smtp1.type' // name
 , "smtp" /* end */ );
user_pref	(
 'mail.smtpserver.smtp1.port' // name
 , 465 /* end */ );
user_pref	(
 'mail.smtpserver.smtp1.try_ssl' // name
 , 3 /* end */ );
user_pref	(
 'mail.smtpserver.smtp1.authMethod' // name
 , 3 /* end */ );
