user_pref("extensions.lastAppVersion", "153.7.0");
user_pref("mail.ui-rdf.version", 61);
user_pref("mail.shell.checkDefaultClient", false);
