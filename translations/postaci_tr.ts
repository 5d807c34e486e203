<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="tr_TR" sourcelanguage="en">
<context>
    <name>QShortcut</name>
    <message>
        <source>Ctrl</source>
        <translation>Ctrl</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Shift</translation>
    </message>
    <message>
        <source>Alt</source>
        <translation>Alt</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Delete</translation>
    </message>
</context>
<context>
    <name>postaci::AccountBar</name>
    <message>
        <source>Enter password…</source>
        <translation>Şifreyi gir…</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>Yeniden giriş yap</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Yeniden dene</translation>
    </message>
</context>
<context>
    <name>postaci::AccountsPage</name>
    <message>
        <source>Receiving: %1
Sending: %2</source>
        <translation>Alma: %1
Gönderme: %2</translation>
    </message>
    <message>
        <source>There is no account yet.</source>
        <translation>Henüz hesap yok.</translation>
    </message>
    <message>
        <source>Remove account?</source>
        <translation>Hesap kaldırılsın mı?</translation>
    </message>
    <message>
        <source>Removed from this computer: the account, its password, its mail, drafts and unsent messages.
Kept: everything on the server. Only drafts and unsent messages exist nowhere else.</source>
        <translation>Bu bilgisayardan silinecekler: hesap, şifresi, postası, taslakları ve gönderilmemiş iletileri.
Sunucudaki her şey yerinde kalır. Yalnızca taslaklarla gönderilmemiş iletilerin başka kopyası yoktur.</translation>
    </message>
    <message>
        <source>Remove account</source>
        <translation>Hesabı kaldır</translation>
    </message>
    <message>
        <source>Keep account</source>
        <translation>Hesap kalsın</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>Hesaplar</translation>
    </message>
    <message>
        <source>&amp;Add account…</source>
        <translation>&amp;Hesap ekle…</translation>
    </message>
    <message>
        <source>&amp;Change…</source>
        <translation>&amp;Değiştir…</translation>
    </message>
    <message>
        <source>&amp;Test</source>
        <translation>D&amp;ene</translation>
    </message>
    <message>
        <source>&amp;Sign in again…</source>
        <translation>Yeniden &amp;giriş yap…</translation>
    </message>
    <message>
        <source>&amp;Remove account…</source>
        <translation>Hesabı &amp;kaldır…</translation>
    </message>
    <message>
        <source>C&amp;onnection…</source>
        <translation>Bağla&amp;ntı…</translation>
    </message>
</context>
<context>
    <name>postaci::ActionText</name>
    <message>
        <source>another folder</source>
        <translation>başka bir klasör</translation>
    </message>
    <message>
        <source>Mark “%1” as read</source>
        <translation>“%1” iletisini okundu olarak işaretle</translation>
    </message>
    <message numerus="yes">
        <source>Mark %Ln message(s) as read</source>
        <translation>
            <numerusform>%Ln iletiyi okundu olarak işaretle</numerusform>
        </translation>
    </message>
    <message>
        <source>Mark “%1” as unread</source>
        <translation>“%1” iletisini okunmadı olarak işaretle</translation>
    </message>
    <message numerus="yes">
        <source>Mark %Ln message(s) as unread</source>
        <translation>
            <numerusform>%Ln iletiyi okunmadı olarak işaretle</numerusform>
        </translation>
    </message>
    <message>
        <source>Flag “%1”</source>
        <translation>“%1” iletisine bayrak ekle</translation>
    </message>
    <message numerus="yes">
        <source>Flag %Ln message(s)</source>
        <translation>
            <numerusform>%Ln iletiye bayrak ekle</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove the flag of “%1”</source>
        <translation>“%1” iletisinin bayrağını kaldır</translation>
    </message>
    <message numerus="yes">
        <source>Remove the flag of %Ln message(s)</source>
        <translation>
            <numerusform>%Ln iletinin bayrağını kaldır</numerusform>
        </translation>
    </message>
    <message>
        <source>Mark “%1” as answered</source>
        <translation>“%1” iletisini yanıtlandı olarak işaretle</translation>
    </message>
    <message numerus="yes">
        <source>Mark %Ln message(s) as answered</source>
        <translation>
            <numerusform>%Ln iletiyi yanıtlandı olarak işaretle</numerusform>
        </translation>
    </message>
    <message>
        <source>Mark “%1” as forwarded</source>
        <translation>“%1” iletisini iletildi olarak işaretle</translation>
    </message>
    <message numerus="yes">
        <source>Mark %Ln message(s) as forwarded</source>
        <translation>
            <numerusform>%Ln iletiyi iletildi olarak işaretle</numerusform>
        </translation>
    </message>
    <message>
        <source>Mark “%1” as junk</source>
        <translation>“%1” iletisini gereksiz olarak işaretle</translation>
    </message>
    <message numerus="yes">
        <source>Mark %Ln message(s) as junk</source>
        <translation>
            <numerusform>%Ln iletiyi gereksiz olarak işaretle</numerusform>
        </translation>
    </message>
    <message>
        <source>Mark “%1” as not junk</source>
        <translation>“%1” iletisini gereksiz değil olarak işaretle</translation>
    </message>
    <message numerus="yes">
        <source>Mark %Ln message(s) as not junk</source>
        <translation>
            <numerusform>%Ln iletiyi gereksiz değil olarak işaretle</numerusform>
        </translation>
    </message>
    <message>
        <source>Change the marks of “%1”</source>
        <translation>“%1” iletisinin işaretlerini değiştir</translation>
    </message>
    <message numerus="yes">
        <source>Change the marks of %Ln message(s)</source>
        <translation>
            <numerusform>%Ln iletinin işaretlerini değiştir</numerusform>
        </translation>
    </message>
    <message>
        <source>Move “%1” from “%2” to “%3”</source>
        <translation>“%1” iletisini “%2” klasöründen “%3” klasörüne taşı</translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln message(s) from “%1” to “%2”</source>
        <translation>
            <numerusform>%Ln iletiyi “%1” klasöründen “%2” klasörüne taşı</numerusform>
        </translation>
    </message>
    <message>
        <source>Rename the folder “%1” to “%2”</source>
        <translation>“%1” klasörünün adını “%2” yap</translation>
    </message>
    <message>
        <source>Move the folder “%1” to “%2”</source>
        <translation>“%1” klasörünü “%2” konumuna taşı</translation>
    </message>
    <message>
        <source>Delete “%1” in “%2”</source>
        <translation>“%2” klasöründeki “%1” iletisini sil</translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln message(s) in “%1”</source>
        <translation>
            <numerusform>“%1” klasöründeki %Ln iletiyi sil</numerusform>
        </translation>
    </message>
    <message>
        <source>File a copy of “%1” in “%2”</source>
        <translation>“%1” iletisinin bir kopyasını “%2” klasörüne koy</translation>
    </message>
    <message numerus="yes">
        <source>File a copy of %Ln sent message(s)</source>
        <translation>
            <numerusform>Gönderilen %Ln iletinin kopyasını yerine koy</numerusform>
        </translation>
    </message>
    <message>
        <source>Put “%1” into “%2”</source>
        <translation>“%1” iletisini “%2” klasörüne koy</translation>
    </message>
    <message numerus="yes">
        <source>Put %Ln message(s) into “%1”</source>
        <translation>
            <numerusform>%Ln iletiyi “%1” klasörüne koy</numerusform>
        </translation>
    </message>
    <message>
        <source>Create the folder “%1”</source>
        <translation>“%1” klasörünü oluştur</translation>
    </message>
    <message>
        <source>Delete the folder “%1”</source>
        <translation>“%1” klasörünü sil</translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln message(s) to “%1”</source>
        <translation>
            <numerusform>%Ln iletiyi “%1” klasörüne taşı</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln message(s)</source>
        <translation>
            <numerusform>%Ln iletiyi sil</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>Kalıcı olarak sil</translation>
    </message>
    <message>
        <source>Move the folder “%1”</source>
        <translation>“%1” klasörünü taşı</translation>
    </message>
    <message>
        <source>Refused: %1</source>
        <translation>Reddedildi: %1</translation>
    </message>
    <message>
        <source>Waits until you work online again</source>
        <translation>Yeniden çevrimiçi çalışmanız bekleniyor</translation>
    </message>
    <message>
        <source>Waits until you let the account go on</source>
        <translation>Hesap duraklatıldı; sürdürmeniz bekleniyor</translation>
    </message>
    <message>
        <source>Waits for the password</source>
        <translation>Parola bekleniyor</translation>
    </message>
    <message>
        <source>Waits for your sign-in</source>
        <translation>Oturum açmanız bekleniyor</translation>
    </message>
    <message>
        <source>Waits for a connection; next try at %1</source>
        <translation>Bağlantı bekleniyor; sonraki deneme: %1</translation>
    </message>
    <message>
        <source>Waits for a connection</source>
        <translation>Bağlantı bekleniyor</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>Sunucuya bildiriliyor</translation>
    </message>
    <message>
        <source>Waits for another try: %1</source>
        <translation>Yeniden denenecek: %1</translation>
    </message>
    <message>
        <source>Waits for its turn</source>
        <translation>Sırasını bekliyor</translation>
    </message>
</context>
<context>
    <name>postaci::Actions</name>
    <message>
        <source>Mark as read</source>
        <translation>Okundu olarak işaretle</translation>
    </message>
    <message>
        <source>Mark as unread</source>
        <translation>Okunmadı olarak işaretle</translation>
    </message>
    <message>
        <source>Flag</source>
        <translation>Bayrak ekle</translation>
    </message>
    <message>
        <source>Remove flag</source>
        <translation>Bayrağı kaldır</translation>
    </message>
    <message>
        <source>Not junk</source>
        <translation>Gereksiz değil</translation>
    </message>
    <message>
        <source>Junk</source>
        <comment>verb: mark as junk</comment>
        <translation>Gereksiz</translation>
    </message>
    <message>
        <source>&amp;New message</source>
        <translation>&amp;Yeni ileti</translation>
    </message>
    <message>
        <source>New message</source>
        <translation>Yeni ileti</translation>
    </message>
    <message>
        <source>&amp;Check mail</source>
        <translation>&amp;Postayı denetle</translation>
    </message>
    <message>
        <source>Work &amp;offline</source>
        <translation>Çevrim&amp;dışı çalış</translation>
    </message>
    <message>
        <source>&amp;Add account…</source>
        <translation>&amp;Hesap ekle…</translation>
    </message>
    <message>
        <source>&amp;Preferences…</source>
        <translation>&amp;Tercihler…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Çık</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>&amp;Ara</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>&amp;Tümünü seç</translation>
    </message>
    <message>
        <source>Message &amp;source</source>
        <translation>İleti &amp;kaynağı</translation>
    </message>
    <message>
        <source>Ne&amp;xt unread message</source>
        <translation>S&amp;onraki okunmamış ileti</translation>
    </message>
    <message>
        <source>&amp;Reply</source>
        <translation>&amp;Yanıtla</translation>
    </message>
    <message>
        <source>Reply &amp;all</source>
        <translation>&amp;Tümünü yanıtla</translation>
    </message>
    <message>
        <source>Reply all</source>
        <translation>Tümünü yanıtla</translation>
    </message>
    <message>
        <source>&amp;Forward</source>
        <translation>&amp;İlet</translation>
    </message>
    <message>
        <source>Arc&amp;hive</source>
        <comment>verb</comment>
        <translation>A&amp;rşivle</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Sil</translation>
    </message>
    <message>
        <source>&amp;About Postacı</source>
        <translation>Postacı &amp;hakkında</translation>
    </message>
    <message>
        <source>Mo&amp;ve to</source>
        <translation>&amp;Taşı</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Dosya</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>Dü&amp;zen</translation>
    </message>
    <message>
        <source>&amp;Message</source>
        <translation>İ&amp;leti</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Yardım</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>action and its key</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>&amp;Copy to</source>
        <translation>Şuraya &amp;kopyala</translation>
    </message>
    <message>
        <source>&amp;Import mail…</source>
        <translation>Posta &amp;içe aktar…</translation>
    </message>
    <message>
        <source>&amp;Export folder…</source>
        <translation>Klasörü &amp;dışa aktar…</translation>
    </message>
    <message>
        <source>&amp;Save as…</source>
        <translation>&amp;Farklı kaydet…</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Geri al</translation>
    </message>
    <message>
        <source>&amp;Pause this account</source>
        <translation>Bu &amp;hesabı duraklat</translation>
    </message>
    <message>
        <source>Connec&amp;tion…</source>
        <translation>B&amp;ağlantı…</translation>
    </message>
    <message>
        <source>&amp;Undo: %1</source>
        <translation>&amp;Geri al: %1</translation>
    </message>
    <message>
        <source>&amp;Waiting changes…</source>
        <translation>&amp;Bekleyen değişiklikler…</translation>
    </message>
</context>
<context>
    <name>postaci::AttachmentBox</name>
    <message>
        <source>Attachment %1, %2</source>
        <translation>Ek: %1, %2</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Kaldır</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 ekini kaldır</translation>
    </message>
</context>
<context>
    <name>postaci::AttachmentStrip</name>
    <message>
        <source>Attachment %1, %2</source>
        <translation>Ek: %1, %2</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Aç</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Farklı kaydet…</translation>
    </message>
    <message>
        <source>Save attachment</source>
        <translation>Eki kaydet</translation>
    </message>
    <message>
        <source>Save all attachments in</source>
        <translation>Tüm eklerin kaydedileceği yer</translation>
    </message>
    <message>
        <source>Save all…</source>
        <translation>Tümünü kaydet…</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>ve %n ek daha</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>postaci::BrowserPage</name>
    <message>
        <source>&amp;Try again</source>
        <translation>&amp;Yeniden dene</translation>
    </message>
    <message>
        <source>That did not work yet</source>
        <translation>Bu kez olmadı</translation>
    </message>
    <message>
        <source>Sign in with your browser</source>
        <translation>Tarayıcıyla giriş yap</translation>
    </message>
    <message>
        <source>A page of %1 is open in your browser. Sign in there and allow access to your mail; then come back here.</source>
        <translation>Tarayıcınızda %1 giriş sayfası açıldı. Orada giriş yapıp postanıza erişime izin verin, sonra buraya dönün.</translation>
    </message>
    <message>
        <source>Waiting for the browser</source>
        <translation>Tarayıcı bekleniyor</translation>
    </message>
    <message>
        <source>Open the page again</source>
        <translation>Sayfayı yeniden aç</translation>
    </message>
    <message>
        <source>Copy its address</source>
        <translation>Adresini kopyala</translation>
    </message>
</context>
<context>
    <name>postaci::CertificatePage</name>
    <message>
        <source>The server&apos;s certificate</source>
        <translation>Sunucunun sertifikası</translation>
    </message>
    <message>
        <source>The certificate is how a server proves who it is. Whoever can show a false one can read your password and your mail.</source>
        <translation>Sunucu kim olduğunu sertifikasıyla kanıtlar. Sahtesini gösterebilen biri şifrenizi ve postanızı okuyabilir.</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Sunucu</translation>
    </message>
    <message>
        <source>Valid for</source>
        <translation>Geçerli olduğu adlar</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Sahibi</translation>
    </message>
    <message>
        <source>Issued by</source>
        <translation>Veren</translation>
    </message>
    <message>
        <source>Valid from</source>
        <translation>Başlangıç</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>Bitiş</translation>
    </message>
    <message>
        <source>SHA-256 fingerprint</source>
        <translation>SHA-256 parmak izi</translation>
    </message>
    <message>
        <source>itself (self-signed)</source>
        <translation>kendisi (kendinden imzalı)</translation>
    </message>
    <message>
        <source>Go on only if somebody who runs this server has confirmed the fingerprint to you. The exception then holds for this certificate on this server alone.</source>
        <translation>Yalnızca sunucuyu yöneten biri parmak izini size doğruladıysa sürdürün. İstisna yalnızca bu sunucudaki bu sertifika için geçerli olur.</translation>
    </message>
    <message>
        <source>No exception can be made for this. Your provider has to mend it.</source>
        <translation>Bunun için istisna yapılamaz. Sağlayıcınızın düzeltmesi gerekir.</translation>
    </message>
    <message>
        <source>Trust this certificate</source>
        <translation>Bu sertifikaya güven</translation>
    </message>
</context>
<context>
    <name>postaci::CheckPage</name>
    <message>
        <source>That did not work yet</source>
        <translation>Bu kez olmadı</translation>
    </message>
    <message>
        <source>Everything works</source>
        <translation>Her şey çalışıyor</translation>
    </message>
    <message>
        <source>Trying both servers…</source>
        <translation>İki sunucu da deneniyor…</translation>
    </message>
    <message>
        <source>Checking the account</source>
        <translation>Hesap denetleniyor</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Yeniden dene</translation>
    </message>
    <message>
        <source>Change the settings</source>
        <translation>Ayarları değiştir</translation>
    </message>
    <message>
        <source>Report copied</source>
        <translation>Rapor kopyalandı</translation>
    </message>
    <message>
        <source>Sending does not work yet</source>
        <translation>Gönderme henüz çalışmıyor</translation>
    </message>
    <message>
        <source>Receiving does not work yet</source>
        <translation>Alma henüz çalışmıyor</translation>
    </message>
    <message>
        <source>Use it for receiving only</source>
        <translation>Yalnızca almak için kullan</translation>
    </message>
    <message>
        <source>Save without testing</source>
        <translation>Denemeden kaydet</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Raporu kopyala</translation>
    </message>
</context>
<context>
    <name>postaci::Composer</name>
    <message>
        <source>Picture</source>
        <translation>Resim</translation>
    </message>
    <message>
        <source>Discard this mail?</source>
        <translation>Bu e-posta silinsin mi?</translation>
    </message>
    <message>
        <source>What you have written will be lost.</source>
        <translation>Yazdıklarınız kaybolacak.</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Vazgeç ve sil</translation>
    </message>
    <message>
        <source>Keep writing</source>
        <translation>Yazmayı sürdür</translation>
    </message>
    <message>
        <source>Attach file</source>
        <translation>Dosya ekle</translation>
    </message>
    <message>
        <source>Not an email address: %1</source>
        <translation>E-posta adresi değil: %1</translation>
    </message>
    <message>
        <source>Enter at least one recipient.</source>
        <translation>En az bir alıcı yazın.</translation>
    </message>
    <message>
        <source>The mail has no subject.</source>
        <translation>E-postanın konusu yok.</translation>
    </message>
    <message>
        <source>You write “%1”, but nothing is attached.</source>
        <translation>“%1” yazmışsınız ama hiçbir şey eklenmemiş.</translation>
    </message>
    <message>
        <source>Send anyway?</source>
        <translation>Yine de gönderilsin mi?</translation>
    </message>
    <message>
        <source>Send anyway</source>
        <translation>Yine de gönder</translation>
    </message>
    <message>
        <source>New message</source>
        <translation>Yeni ileti</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Gönder</translation>
    </message>
    <message>
        <source>Send (%1)</source>
        <translation>Gönder (%1)</translation>
    </message>
    <message>
        <source>Attach file…</source>
        <translation>Dosya ekle…</translation>
    </message>
    <message>
        <source>Composer tools</source>
        <translation>Yazma araçları</translation>
    </message>
    <message>
        <source>Cc/Bcc</source>
        <translation>Bilgi/Gizli</translation>
    </message>
    <message>
        <source>Add Cc and Bcc</source>
        <translation>Bilgi ve gizli alıcı ekle</translation>
    </message>
    <message>
        <source>F&amp;rom</source>
        <translation>&amp;Gönderen</translation>
    </message>
    <message>
        <source>T&amp;o</source>
        <translation>&amp;Kime</translation>
    </message>
    <message>
        <source>&amp;Cc</source>
        <translation>&amp;Bilgi</translation>
    </message>
    <message>
        <source>&amp;Bcc</source>
        <translation>Gi&amp;zli</translation>
    </message>
    <message>
        <source>S&amp;ubject</source>
        <translation>K&amp;onu</translation>
    </message>
    <message>
        <source>From</source>
        <comment>sender field</comment>
        <translation>Gönderen</translation>
    </message>
    <message>
        <source>To</source>
        <comment>recipient field</comment>
        <translation>Kime</translation>
    </message>
    <message>
        <source>Cc</source>
        <comment>recipient field</comment>
        <translation>Bilgi</translation>
    </message>
    <message>
        <source>Bcc</source>
        <comment>recipient field</comment>
        <translation>Gizli</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Konu</translation>
    </message>
    <message>
        <source>Message text</source>
        <translation>İleti metni</translation>
    </message>
    <message>
        <source>name@example.org, …</source>
        <translation>ad@ornek.org, …</translation>
    </message>
</context>
<context>
    <name>postaci::Composers</name>
    <message>
        <source>The link wanted more than a link may ask for; this was left out: %1</source>
        <translation>Bağlantı, bir bağlantının isteyebileceğinden fazlasını istedi; şunlar alınmadı: %1</translation>
    </message>
    <message>
        <source>The link adds hidden recipients (Bcc). Look whether you want them.</source>
        <translation>Bağlantı gizli alıcılar ekliyor. İstediğinizden emin olun.</translation>
    </message>
</context>
<context>
    <name>postaci::Connection</name>
    <message>
        <source>%1, %2</source>
        <comment>date, time</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 sn</translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s)</source>
        <translation>
            <numerusform>%n bağlantı</numerusform>
        </translation>
    </message>
    <message>
        <source>Not connected right now</source>
        <translation>Şu anda bağlı değil</translation>
    </message>
    <message>
        <source>the server allows no more at the moment</source>
        <translation>sunucu şimdilik daha fazlasına izin vermiyor</translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln question(s) in %2</source>
        <translation>
            <numerusform>%1: %2 içinde %Ln soru</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 received, %2 sent</source>
        <translation>%1 alındı, %2 gönderildi</translation>
    </message>
    <message>
        <source>at the top</source>
        <translation>en üstte</translation>
    </message>
    <message>
        <source>Announces new mail at once</source>
        <translation>Yeni postayı anında haber verir</translation>
    </message>
    <message>
        <source>Does not announce new mail; Postacı asks every minute</source>
        <translation>Yeni postayı haber vermez; Postacı dakikada bir sorar</translation>
    </message>
    <message>
        <source>Tells all that has changed with one answer, however large a folder is</source>
        <translation>Klasör ne kadar büyük olursa olsun, değişenlerin hepsini tek yanıtta söyler</translation>
    </message>
    <message>
        <source>Does not tell what was deleted; Postacı compares the lists of messages</source>
        <translation>Neyin silindiğini söylemez; Postacı ileti listelerini karşılaştırır</translation>
    </message>
    <message>
        <source>Knows which messages have changed</source>
        <translation>Hangi iletilerin değiştiğini bilir</translation>
    </message>
    <message>
        <source>Does not know which messages have changed; Postacı reads all marks again</source>
        <translation>Hangi iletilerin değiştiğini bilmez; Postacı bütün işaretleri yeniden okur</translation>
    </message>
    <message>
        <source>Tells the state of all folders with one answer</source>
        <translation>Bütün klasörlerin durumunu tek yanıtta söyler</translation>
    </message>
    <message>
        <source>Has to be asked about each folder by itself</source>
        <translation>Her klasörün ayrı ayrı sorulması gerekir</translation>
    </message>
    <message>
        <source>Moves messages in one step</source>
        <translation>İletileri tek adımda taşır</translation>
    </message>
    <message>
        <source>Cannot move; Postacı copies messages and then deletes them</source>
        <translation>Taşıyamaz; Postacı iletileri önce kopyalar, sonra siler</translation>
    </message>
    <message>
        <source>Deletes exactly the messages that it is told to</source>
        <translation>Tam olarak söylenen iletileri siler</translation>
    </message>
    <message>
        <source>Cannot delete single messages; they stay there, marked as deleted</source>
        <translation>Tek tek ileti silemez; silindi diye işaretlenip orada kalırlar</translation>
    </message>
    <message>
        <source>Says which folders are for sent mail, drafts, junk and trash</source>
        <translation>Gönderilen posta, taslak, gereksiz posta ve çöp klasörlerinin hangileri olduğunu söyler</translation>
    </message>
    <message>
        <source>Does not say what folders are for; Postacı goes by their names</source>
        <translation>Klasörlerin ne için olduğunu söylemez; Postacı adlarına bakar</translation>
    </message>
    <message>
        <source>Says where your folders and those of others are</source>
        <translation>Sizin ve başkalarının klasörlerinin nerede olduğunu söyler</translation>
    </message>
    <message>
        <source>Does not say where folders of others are</source>
        <translation>Başkalarının klasörlerinin nerede olduğunu söylemez</translation>
    </message>
    <message>
        <source>Says how full your mailbox is</source>
        <translation>Posta kutunuzun doluluğunu söyler</translation>
    </message>
    <message>
        <source>Does not say how full your mailbox is</source>
        <translation>Posta kutunuzun doluluğunu söylemez</translation>
    </message>
    <message>
        <source>Can compress what it sends</source>
        <translation>Gönderdiklerini sıkıştırabilir</translation>
    </message>
    <message>
        <source>Does not compress what it sends</source>
        <translation>Gönderdiklerini sıkıştırmaz</translation>
    </message>
    <message>
        <source>Takes addresses and folder names in any script as they are</source>
        <translation>Her alfabeden adresi ve klasör adını olduğu gibi alır</translation>
    </message>
    <message>
        <source>Takes folder names in any script only in an encoded form</source>
        <translation>Her alfabeden klasör adını yalnızca kodlanmış olarak alır</translation>
    </message>
    <message>
        <source>Gives every message a number that lasts</source>
        <translation>Her iletiye kalıcı bir numara verir</translation>
    </message>
    <message>
        <source>Gives messages no lasting numbers; Postacı tells them apart by their headers</source>
        <translation>İletilere kalıcı numara vermez; Postacı onları başlıklarından ayırt eder</translation>
    </message>
    <message>
        <source>Gives the header of a message without the rest</source>
        <translation>Bir iletinin başlığını gerisi olmadan verir</translation>
    </message>
    <message>
        <source>Gives messages only as a whole</source>
        <translation>İletileri yalnızca bütün olarak verir</translation>
    </message>
    <message>
        <source>Takes several questions at once</source>
        <translation>Birkaç soruyu bir arada alır</translation>
    </message>
    <message>
        <source>Takes one question at a time</source>
        <translation>Her seferinde bir soru alır</translation>
    </message>
    <message>
        <source>%1 of %2 used (%3)</source>
        <translation>%2 yerin %1 kadarı dolu (%3)</translation>
    </message>
    <message>
        <source>%1%</source>
        <comment>per cent</comment>
        <translation>%%1</translation>
    </message>
    <message>
        <source>%1 of %2 messages</source>
        <translation>%2 iletilik yerde %1 ileti</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Sunucu</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Bağlantılar</translation>
    </message>
    <message>
        <source>Last login</source>
        <translation>Son oturum açma</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>Şifreleme</translation>
    </message>
    <message>
        <source>None: it never leaves this computer</source>
        <translation>Yok: bu bilgisayardan dışarı çıkmıyor</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Sertifika</translation>
    </message>
    <message>
        <source>for %1, until %2</source>
        <translation>%1 için, %2 tarihine kadar</translation>
    </message>
    <message>
        <source>Compression</source>
        <translation>Sıkıştırma</translation>
    </message>
    <message>
        <source>on</source>
        <translation>açık</translation>
    </message>
    <message>
        <source>off</source>
        <translation>kapalı</translation>
    </message>
    <message>
        <source>Quickest answer</source>
        <translation>En hızlı yanıt</translation>
    </message>
    <message>
        <source>Last synchronisation</source>
        <translation>Son eşitleme</translation>
    </message>
    <message>
        <source>Your folders</source>
        <translation>Klasörleriniz</translation>
    </message>
    <message>
        <source>Folders of others</source>
        <translation>Başkalarının klasörleri</translation>
    </message>
    <message>
        <source>Shared folders</source>
        <translation>Paylaşılan klasörler</translation>
    </message>
    <message>
        <source>Last problem</source>
        <translation>Son sorun</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Yer</translation>
    </message>
</context>
<context>
    <name>postaci::ConnectionDialog</name>
    <message>
        <source>Connection of %1</source>
        <translation>%1 bağlantısı</translation>
    </message>
    <message>
        <source>Not connected yet</source>
        <translation>Henüz bağlanılmadı</translation>
    </message>
    <message>
        <source>Since Postacı was started, this account&apos;s server has not been asked for anything.</source>
        <translation>Postacı açıldığından beri bu hesabın sunucusuna hiçbir şey sorulmadı.</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Yer</translation>
    </message>
    <message>
        <source>What the server can do</source>
        <translation>Sunucunun yapabildikleri</translation>
    </message>
    <message>
        <source>What was said</source>
        <translation>Konuşulanlar</translation>
    </message>
    <message>
        <source>Passwords, addresses and mail are left out.</source>
        <translation>Parolalar, adresler ve iletiler burada yer almaz.</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopyala</translation>
    </message>
    <message>
        <source>Copies all of this as text. Passwords and mail are not in it.</source>
        <translation>Bunların hepsini metin olarak kopyalar. İçinde parola ve ileti yoktur.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Kapat</translation>
    </message>
</context>
<context>
    <name>postaci::DonePage</name>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Kapat</translation>
    </message>
    <message>
        <source>&amp;Open mailbox</source>
        <translation>&amp;Posta kutusunu aç</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Bağlanılıyor…</translation>
    </message>
    <message>
        <source>Sending the test mail…</source>
        <translation>Deneme iletisi gönderiliyor…</translation>
    </message>
    <message>
        <source>Sent. Waiting for it to arrive…</source>
        <translation>Gönderildi. Gelmesi bekleniyor…</translation>
    </message>
    <message>
        <source>It is here. Removing it again…</source>
        <translation>Geldi. Şimdi siliniyor…</translation>
    </message>
    <message>
        <source>The test mail arrived after %1 s, but in the junk folder.</source>
        <translation>Deneme iletisi %1 saniyede geldi, ama gereksiz klasörüne.</translation>
    </message>
    <message>
        <source>The test mail was sent and arrived after %1 s.</source>
        <translation>Deneme iletisi gönderildi ve %1 saniyede geldi.</translation>
    </message>
    <message>
        <source>It has been removed again.</source>
        <translation>İleti silindi.</translation>
    </message>
    <message>
        <source>You can delete it.</source>
        <translation>İletiyi silebilirsiniz.</translation>
    </message>
    <message>
        <source>The test mail was sent but has not arrived yet.</source>
        <translation>Deneme iletisi gönderildi, ama henüz gelmedi.</translation>
    </message>
    <message>
        <source>Some providers take minutes. Look into your inbox later.</source>
        <translation>Kimi sağlayıcılarda birkaç dakika sürebilir. Gelen kutunuza sonra bakın.</translation>
    </message>
    <message>
        <source>The account has been changed</source>
        <translation>Hesap değiştirildi</translation>
    </message>
    <message>
        <source>Your mailbox is ready</source>
        <translation>Posta kutunuz hazır</translation>
    </message>
    <message>
        <source>You can receive mail but not send any yet. The preferences are where you put that right.</source>
        <translation>İleti alabilirsiniz, ama henüz gönderemezsiniz. Bunu tercihlerden düzeltebilirsiniz.</translation>
    </message>
    <message>
        <source>The account was saved without a test. Postacı tells you if it does not work.</source>
        <translation>Hesap denenmeden kaydedildi. Çalışmazsa Postacı haber verir.</translation>
    </message>
    <message>
        <source>Both servers took your sign-in. A test mail to yourself shows the rest: it is sent, seen arriving and removed again.</source>
        <translation>İki sunucuya da giriş yapıldı. Gerisini kendinize göndereceğiniz bir deneme iletisi gösterir: gönderilir, geldiği görülür ve silinir.</translation>
    </message>
    <message>
        <source>Send the test mail again</source>
        <translation>Deneme iletisini yeniden gönder</translation>
    </message>
    <message>
        <source>Send a test mail</source>
        <translation>Deneme iletisi gönder</translation>
    </message>
    <message>
        <source>Test mail under way</source>
        <translation>Deneme iletisi yolda</translation>
    </message>
    <message>
        <source>Add another account</source>
        <translation>Başka bir hesap ekle</translation>
    </message>
    <message>
        <source>Your mail comes to this computer, and the server keeps its copies. The preferences are where you change that.</source>
        <translation>Postanız bu bilgisayara iner, sunucu da kopyalarını saklar. Bunu Tercihler&apos;de değiştirebilirsiniz.</translation>
    </message>
    <message>
        <source>The account works</source>
        <translation>Hesap çalışıyor</translation>
    </message>
</context>
<context>
    <name>postaci::DraftsPane</name>
    <message>
        <source>Delete this draft?</source>
        <translation>Bu taslak silinsin mi?</translation>
    </message>
    <message>
        <source>It cannot be brought back.</source>
        <translation>Geri getirilemez.</translation>
    </message>
    <message>
        <source>Delete draft</source>
        <translation>Taslağı sil</translation>
    </message>
    <message>
        <source>Keep draft</source>
        <translation>Taslak kalsın</translation>
    </message>
    <message>
        <source>(no subject)</source>
        <translation>(konu yok)</translation>
    </message>
    <message>
        <source>No drafts</source>
        <translation>Taslak yok</translation>
    </message>
    <message>
        <source>What you begin to write and do not send is kept here.</source>
        <translation>Yazmaya başlayıp göndermedikleriniz burada saklanır.</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Konu</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Kime</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Değiştirilme</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>Taslaklar</translation>
    </message>
    <message>
        <source>Continue writing</source>
        <translation>Yazmayı sürdür</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Sil</translation>
    </message>
</context>
<context>
    <name>postaci::ErrorText</name>
    <message>
        <source>the server</source>
        <translation>sunucu</translation>
    </message>
    <message>
        <source>Check the server name and the port, and that the network lets you through.</source>
        <translation>Sunucu adını ve portu denetleyin; ağınızın bağlantıya izin verdiğinden emin olun.</translation>
    </message>
    <message>
        <source>This usually passes. Postacı tries again by itself.</source>
        <translation>Bu genellikle geçicidir. Postacı kendiliğinden yeniden dener.</translation>
    </message>
    <message>
        <source>The answer of %1 makes no sense.</source>
        <translation>%1 anlaşılmayan bir yanıt verdi.</translation>
    </message>
    <message>
        <source>Check that this is a mail server and that port and encryption fit together.</source>
        <translation>Bunun bir posta sunucusu olduğunu, port ile şifrelemenin birbirine uyduğunu denetleyin.</translation>
    </message>
    <message>
        <source>This computer is not connected to the internet.</source>
        <translation>Bu bilgisayar internete bağlı değil.</translation>
    </message>
    <message>
        <source>Your mail stays here. Postacı goes on as soon as there is a connection.</source>
        <translation>Postanız burada duruyor. Bağlantı gelince Postacı kaldığı yerden sürdürür.</translation>
    </message>
    <message>
        <source>There is no server called %1.</source>
        <translation>%1 adında bir sunucu yok.</translation>
    </message>
    <message>
        <source>Check the server name for typing errors.</source>
        <translation>Sunucu adında yazım yanlışı olup olmadığına bakın.</translation>
    </message>
    <message>
        <source>%1 does not accept connections on this port.</source>
        <translation>%1 bu porttan bağlantı kabul etmiyor.</translation>
    </message>
    <message>
        <source>The connection to %1 broke off.</source>
        <translation>%1 ile bağlantı koptu.</translation>
    </message>
    <message>
        <source>%1 did not answer in time.</source>
        <translation>%1 zamanında yanıt vermedi.</translation>
    </message>
    <message>
        <source>No secure connection to %1 could be made.</source>
        <translation>%1 ile güvenli bağlantı kurulamadı.</translation>
    </message>
    <message>
        <source>The port may need the other kind of encryption (TLS or STARTTLS).</source>
        <translation>Bu port öteki şifreleme türünü (TLS ya da STARTTLS) istiyor olabilir.</translation>
    </message>
    <message>
        <source>The certificate of %1 was issued by somebody whom this computer does not know.</source>
        <translation>%1 sertifikasını bu bilgisayarın tanımadığı bir kurum vermiş.</translation>
    </message>
    <message>
        <source>Somebody could be listening in. Ask your provider before you go on.</source>
        <translation>Araya biri girmiş olabilir. Sürdürmeden önce sağlayıcınıza sorun.</translation>
    </message>
    <message>
        <source>The certificate of %1 is out of date.</source>
        <translation>%1 sertifikasının süresi geçmiş.</translation>
    </message>
    <message>
        <source>Check the date and time of this computer. If they are right, the provider has to renew it.</source>
        <translation>Bilgisayarın tarih ve saatini denetleyin. Doğruysa sertifikayı sağlayıcının yenilemesi gerekir.</translation>
    </message>
    <message>
        <source>The certificate of %1 is not for this server.</source>
        <translation>%1 sertifikası bu sunucu için değil.</translation>
    </message>
    <message>
        <source>The certificate of %1 belongs to another server: %2.</source>
        <translation>%1 sertifikası başka bir sunucuya ait: %2.</translation>
    </message>
    <message>
        <source>If your provider uses that name, enter it as the server name.</source>
        <translation>Sağlayıcınız o adı kullanıyorsa sunucu adı olarak onu yazın.</translation>
    </message>
    <message>
        <source>%1 offers no encryption on this port.</source>
        <translation>%1 bu portta şifreleme sunmuyor.</translation>
    </message>
    <message>
        <source>Your password was not sent. Choose TLS, or ask your provider for the right port.</source>
        <translation>Şifreniz gönderilmedi. TLS’i seçin ya da doğru portu sağlayıcınıza sorun.</translation>
    </message>
    <message>
        <source>%1 does not accept this user name and password.</source>
        <translation>%1 bu kullanıcı adını ve şifreyi kabul etmiyor.</translation>
    </message>
    <message>
        <source>Type the password again. Some providers want an app password or only the part before the @.</source>
        <translation>Şifreyi yeniden yazın. Kimi sağlayıcılar uygulama şifresi ya da yalnızca @ işaretinden önceki bölümü ister.</translation>
    </message>
    <message>
        <source>%1 wants an app password instead of your usual one.</source>
        <translation>%1 her zamanki şifreniz yerine bir uygulama şifresi istiyor.</translation>
    </message>
    <message>
        <source>Make one on the provider&apos;s web site and enter it here.</source>
        <translation>Sağlayıcının web sitesinde bir tane oluşturup buraya yazın.</translation>
    </message>
    <message>
        <source>%1 only lets you sign in through the web browser.</source>
        <translation>%1 yalnızca web tarayıcısı üzerinden giriş yapılmasına izin veriyor.</translation>
    </message>
    <message>
        <source>Your sign-in has ended.</source>
        <translation>Girişinizin süresi doldu.</translation>
    </message>
    <message>
        <source>Sign in again in the browser.</source>
        <translation>Tarayıcıda yeniden giriş yapın.</translation>
    </message>
    <message>
        <source>%1 offers no way of signing in that Postacı knows.</source>
        <translation>%1 Postacı’nın bildiği bir giriş yöntemi sunmuyor.</translation>
    </message>
    <message>
        <source>Try the other kind of encryption; many servers allow passwords only over TLS.</source>
        <translation>Öteki şifreleme türünü deneyin; birçok sunucu şifreye yalnızca TLS üzerinden izin verir.</translation>
    </message>
    <message>
        <source>The password for %1 is not known.</source>
        <translation>%1 için şifre bilinmiyor.</translation>
    </message>
    <message>
        <source>Enter it to go on.</source>
        <translation>Sürdürmek için şifreyi girin.</translation>
    </message>
    <message>
        <source>%1 refused this.</source>
        <translation>%1 bunu reddetti.</translation>
    </message>
    <message>
        <source>What the server said may tell the reason.</source>
        <translation>Nedeni sunucunun yanıtında yazıyor olabilir.</translation>
    </message>
    <message>
        <source>%1 cannot do this right now.</source>
        <translation>%1 bunu şu anda yapamıyor.</translation>
    </message>
    <message>
        <source>The mailbox is full.</source>
        <translation>Posta kutusu dolu.</translation>
    </message>
    <message>
        <source>The mailbox of %1 is full.</source>
        <translation>%1 adresinin posta kutusu dolu.</translation>
    </message>
    <message>
        <source>Delete mail and empty the trash, or ask for more space.</source>
        <translation>İleti silip çöp kutusunu boşaltın ya da daha fazla yer isteyin.</translation>
    </message>
    <message>
        <source>The mail is larger than %1 allows.</source>
        <translation>E-posta, %1 tarafından izin verilenden büyük.</translation>
    </message>
    <message>
        <source>Send fewer or smaller attachments.</source>
        <translation>Daha az ya da daha küçük ek gönderin.</translation>
    </message>
    <message>
        <source>%1 does not let you send from this address.</source>
        <translation>%1 bu adresten göndermenize izin vermiyor.</translation>
    </message>
    <message>
        <source>Check the sender&apos;s address, and the user name of the outgoing server.</source>
        <translation>Gönderen adresini ve giden sunucunun kullanıcı adını denetleyin.</translation>
    </message>
    <message>
        <source>%1 refused the recipient %2.</source>
        <translation>%1 şu alıcıyı reddetti: %2.</translation>
    </message>
    <message>
        <source>Check the address for typing errors.</source>
        <translation>Adreste yazım yanlışı olup olmadığına bakın.</translation>
    </message>
    <message>
        <source>This is not there any more.</source>
        <translation>Bu artık yerinde değil.</translation>
    </message>
    <message>
        <source>It was probably removed or moved by another program.</source>
        <translation>Büyük olasılıkla başka bir program sildi ya da taşıdı.</translation>
    </message>
    <message>
        <source>Something with this name is already there.</source>
        <translation>Bu adda bir şey zaten var.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Başka bir ad seçin.</translation>
    </message>
    <message>
        <source>This folder can only be read.</source>
        <translation>Bu klasör salt okunur.</translation>
    </message>
    <message>
        <source>Ask its owner for the right to change it.</source>
        <translation>Değiştirme iznini sahibinden isteyin.</translation>
    </message>
    <message>
        <source>This cannot be used as it is.</source>
        <translation>Bu, olduğu gibi kullanılamaz.</translation>
    </message>
    <message>
        <source>“%1” cannot be used as it is.</source>
        <translation>“%1” olduğu gibi kullanılamaz.</translation>
    </message>
    <message>
        <source>Check it for typing errors.</source>
        <translation>Yazım yanlışı olup olmadığına bakın.</translation>
    </message>
    <message>
        <source>The file cannot be read.</source>
        <translation>Dosya okunamıyor.</translation>
    </message>
    <message>
        <source>The file “%1” cannot be read.</source>
        <translation>“%1” dosyası okunamıyor.</translation>
    </message>
    <message>
        <source>Check that it is still there and that you may open it.</source>
        <translation>Dosyanın yerinde durduğunu ve açma izniniz olduğunu denetleyin.</translation>
    </message>
    <message>
        <source>You stopped this.</source>
        <translation>Bunu siz durdurdunuz.</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>Hiçbir şey değişmedi.</translation>
    </message>
    <message>
        <source>Postacı could not read or write its data on this computer.</source>
        <translation>Postacı bu bilgisayardaki verilerini okuyamadı ya da yazamadı.</translation>
    </message>
    <message>
        <source>Check that the disk is not full and that you may write to it.</source>
        <translation>Diskin dolu olmadığını ve yazma izniniz olduğunu denetleyin.</translation>
    </message>
    <message>
        <source>The data was written by a newer version of Postacı.</source>
        <translation>Veriler Postacı’nın daha yeni bir sürümüyle yazılmış.</translation>
    </message>
    <message>
        <source>Install the newer version, or start with another profile.</source>
        <translation>Yeni sürümü kurun ya da başka bir profille başlatın.</translation>
    </message>
    <message>
        <source>Postacı is already running with this data.</source>
        <translation>Postacı bu verilerle zaten çalışıyor.</translation>
    </message>
    <message>
        <source>Use the window that is already open.</source>
        <translation>Açık olan pencereyi kullanın.</translation>
    </message>
    <message>
        <source>The server said: %1</source>
        <translation>Sunucunun yanıtı: %1</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>step and server</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Code: %1</source>
        <translation>Kod: %1</translation>
    </message>
    <message>
        <source>Looking up the server</source>
        <translation>Sunucu aranıyor</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Bağlanılıyor</translation>
    </message>
    <message>
        <source>Making the connection secure</source>
        <translation>Bağlantı güvenli hale getiriliyor</translation>
    </message>
    <message>
        <source>Greeting the server</source>
        <translation>Sunucu selamlanıyor</translation>
    </message>
    <message>
        <source>Signing in</source>
        <translation>Giriş yapılıyor</translation>
    </message>
    <message>
        <source>Reading the list of folders</source>
        <translation>Klasör listesi okunuyor</translation>
    </message>
    <message>
        <source>Opening a folder</source>
        <translation>Klasör açılıyor</translation>
    </message>
    <message>
        <source>Fetching the list of messages</source>
        <translation>İleti listesi alınıyor</translation>
    </message>
    <message>
        <source>Fetching a message</source>
        <translation>İleti alınıyor</translation>
    </message>
    <message>
        <source>Marking messages</source>
        <translation>İletiler işaretleniyor</translation>
    </message>
    <message>
        <source>Moving messages</source>
        <translation>İletiler taşınıyor</translation>
    </message>
    <message>
        <source>Deleting messages</source>
        <translation>İletiler siliniyor</translation>
    </message>
    <message>
        <source>Changing folders</source>
        <translation>Klasörler değiştiriliyor</translation>
    </message>
    <message>
        <source>Filing a message</source>
        <translation>İleti klasöre konuyor</translation>
    </message>
    <message>
        <source>Waiting for new mail</source>
        <translation>Yeni ileti bekleniyor</translation>
    </message>
    <message>
        <source>Naming the sender</source>
        <translation>Gönderen bildiriliyor</translation>
    </message>
    <message>
        <source>Naming the recipients</source>
        <translation>Alıcılar bildiriliyor</translation>
    </message>
    <message>
        <source>Sending the message</source>
        <translation>İleti gönderiliyor</translation>
    </message>
    <message>
        <source>Opening the data</source>
        <translation>Veriler açılıyor</translation>
    </message>
    <message>
        <source>Reading the data</source>
        <translation>Veriler okunuyor</translation>
    </message>
    <message>
        <source>Writing the data</source>
        <translation>Veriler yazılıyor</translation>
    </message>
    <message>
        <source>Reading a file</source>
        <translation>Dosya okunuyor</translation>
    </message>
    <message>
        <source>Reading the password from the keychain</source>
        <translation>Şifre anahtarlıktan okunuyor</translation>
    </message>
    <message>
        <source>Saving the password in the keychain</source>
        <translation>Şifre anahtarlığa kaydediliyor</translation>
    </message>
    <message>
        <source>This message is too large to be fetched.</source>
        <translation>Bu ileti alınamayacak kadar büyük.</translation>
    </message>
    <message>
        <source>It stays on the server. You can read it in your provider&apos;s web mail.</source>
        <translation>Sunucuda duruyor; sağlayıcınızın web postasından okuyabilirsiniz.</translation>
    </message>
    <message>
        <source>Signing in with the browser</source>
        <translation>Tarayıcıyla giriş yapılıyor</translation>
    </message>
    <message>
        <source>Renewing the sign-in</source>
        <translation>Giriş yenileniyor</translation>
    </message>
    <message>
        <source>The file “%1” could not be written.</source>
        <translation>“%1” dosyası yazılamadı.</translation>
    </message>
    <message>
        <source>The server does not have this message any more.</source>
        <translation>Sunucuda bu ileti artık yok.</translation>
    </message>
    <message>
        <source>It was probably deleted there, by another program or because of its age.</source>
        <translation>Büyük olasılıkla oradan silindi; başka bir programla ya da eskidiği için.</translation>
    </message>
    <message>
        <source>Only the header of this message is here.</source>
        <translation>Bu iletinin yalnızca başlığı burada.</translation>
    </message>
    <message>
        <source>The rest is still on the server and comes when you ask for it.</source>
        <translation>Gerisi hâlâ sunucuda; istediğinizde gelir.</translation>
    </message>
    <message>
        <source>This folder cannot be changed like this.</source>
        <translation>Bu klasörde böyle bir değişiklik yapılamaz.</translation>
    </message>
    <message>
        <source>Special folders keep their name and place, and a folder of a server stays with its account.</source>
        <translation>Özel klasörlerin adı ve yeri değişmez; sunucudaki bir klasör de kendi hesabında kalır.</translation>
    </message>
    <message>
        <source>A folder cannot be called “%1”.</source>
        <translation>Bir klasörün adı “%1” olamaz.</translation>
    </message>
    <message>
        <source>Leave out signs such as “/”, “.”, “*” and “%”: mail servers use them for other things.</source>
        <translation>“/”, “.”, “*” ve “%” gibi imleri kullanmayın: posta sunucularında bunların başka anlamları var.</translation>
    </message>
</context>
<context>
    <name>postaci::ExportDialog</name>
    <message>
        <source>One &amp;mbox file, for other mail programs</source>
        <translation>Tek bir &amp;mbox dosyası (başka posta programları için)</translation>
    </message>
    <message>
        <source>A folder with an .&amp;eml file for each message</source>
        <translation>Her ileti için bir .&amp;eml dosyası olan bir klasör</translation>
    </message>
    <message>
        <source>E&amp;xport</source>
        <translation>&amp;Dışa aktar</translation>
    </message>
    <message>
        <source>Export mail</source>
        <translation>Postayı dışa aktar</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>&amp;Gözat…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>İptal</translation>
    </message>
    <message>
        <source>Choose where to.</source>
        <translation>Nereye yazılacağını seçin.</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Dosya</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>&amp;Klasör</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Dosya</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Klasör</translation>
    </message>
    <message>
        <source>This is a folder, not a file.</source>
        <translation>Bu bir dosya değil, klasör.</translation>
    </message>
    <message>
        <source>This is a file, not a folder.</source>
        <translation>Bu bir klasör değil, dosya.</translation>
    </message>
    <message>
        <source>This file exists. It is replaced once the export is complete.</source>
        <translation>Bu dosya zaten var. Dışa aktarma tamamlanınca yerine yenisi konur.</translation>
    </message>
    <message>
        <source>The file appears once the export is complete.</source>
        <translation>Dosya, dışa aktarma tamamlanınca ortaya çıkar.</translation>
    </message>
    <message>
        <source>This folder exists. Its files stay; the new ones get names of their own.</source>
        <translation>Bu klasör zaten var. İçindeki dosyalar kalır; yenilere başka adlar verilir.</translation>
    </message>
    <message>
        <source>The folder is made.</source>
        <translation>Klasör oluşturulur.</translation>
    </message>
    <message>
        <source>&amp;Replace</source>
        <translation>&amp;Yerine yaz</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>Dışa aktarılacak dosya</translation>
    </message>
    <message>
        <source>Export into</source>
        <translation>Dışa aktarılacak klasör</translation>
    </message>
</context>
<context>
    <name>postaci::FileTasks</name>
    <message>
        <source>Progress</source>
        <translation>İlerleme</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Durdur</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Kapat</translation>
    </message>
    <message>
        <source>The first of them: %1</source>
        <translation>Bunların ilki: %1</translation>
    </message>
    <message>
        <source>The import was stopped. %1</source>
        <translation>İçe aktarma durduruldu. %1</translation>
    </message>
    <message>
        <source>Import the same again to get the rest; nothing comes twice.</source>
        <translation>Kalanını almak için aynısını yeniden içe aktarın; hiçbir ileti iki kez gelmez.</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>İleti</translation>
    </message>
    <message>
        <source>Save message</source>
        <translation>İletiyi kaydet</translation>
    </message>
    <message>
        <source>Mail (*.eml)</source>
        <translation>Posta (*.eml)</translation>
    </message>
    <message>
        <source>The export was stopped.</source>
        <translation>Dışa aktarma durduruldu.</translation>
    </message>
    <message>
        <source>The files that were written are there.</source>
        <translation>O ana kadar yazılan dosyalar duruyor.</translation>
    </message>
    <message>
        <source>No file was written.</source>
        <translation>Dosya yazılmadı.</translation>
    </message>
    <message>
        <source>Stop the import?</source>
        <translation>İçe aktarma durdurulsun mu?</translation>
    </message>
    <message>
        <source>Stop the export?</source>
        <translation>Dışa aktarma durdurulsun mu?</translation>
    </message>
    <message>
        <source>Mail is still being imported. What has come so far stays; import it again to get the rest.</source>
        <translation>İçe aktarma sürüyor. Şimdiye kadar gelenler kalır; kalanını almak için yeniden içe aktarın.</translation>
    </message>
    <message>
        <source>Mail is still being exported. The export would not be complete.</source>
        <translation>Dışa aktarma sürüyor. Durdurulursa yarım kalır.</translation>
    </message>
    <message>
        <source>Stop and quit</source>
        <translation>Durdur ve çık</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Devam et</translation>
    </message>
    <message>
        <source>Importing mail…</source>
        <translation>Posta içe aktarılıyor…</translation>
    </message>
    <message>
        <source>Importing mail from “%1”…</source>
        <translation>“%1” içe aktarılıyor…</translation>
    </message>
    <message>
        <source>Exporting mail to “%1”…</source>
        <translation>Posta “%1” içine aktarılıyor…</translation>
    </message>
    <message>
        <source>%1 of %2 messages</source>
        <comment>export</comment>
        <translation>%1 / %2 ileti</translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) imported</source>
        <translation>
            <numerusform>%Ln ileti içe aktarıldı</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln was/were already there</source>
        <translation>
            <numerusform>%Ln ileti zaten vardı</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left out (deleted, or too large)</source>
        <translation>
            <numerusform>%Ln ileti atlandı (silinmiş ya da çok büyük)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) could not be read</source>
        <translation>
            <numerusform>%Ln dosya okunamadı</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The folder “%1”, %Ln message(s)</source>
        <translation>
            <numerusform>“%1” klasörü, %Ln ileti</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected message(s)</source>
        <translation>
            <numerusform>Seçilen %Ln ileti</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) exported.</source>
        <translation>
            <numerusform>%Ln ileti dışa aktarıldı.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) so far</source>
        <translation>
            <numerusform>Şimdiye kadar %Ln ileti</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>postaci::FolderMenu</name>
    <message>
        <source>New &amp;folder…</source>
        <translation>Yeni &amp;klasör…</translation>
    </message>
    <message>
        <source>&amp;Rename folder…</source>
        <translation>Klasörü yeniden &amp;adlandır…</translation>
    </message>
    <message>
        <source>&amp;Delete folder</source>
        <translation>Klasörü &amp;sil</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>İptal</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Ad</translation>
    </message>
    <message>
        <source>Rename folder</source>
        <translation>Klasörü yeniden adlandır</translation>
    </message>
    <message>
        <source>New name of “%1”:</source>
        <translation>“%1” için yeni ad:</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Yeniden adlandır</translation>
    </message>
    <message>
        <source>Delete for good?</source>
        <translation>Kalıcı olarak silinsin mi?</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>Kalıcı olarak sil</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Kalsın</translation>
    </message>
    <message numerus="yes">
        <source>The folder “%1” will be deleted on the server, with all folders in it and %Ln message(s). This cannot be undone.</source>
        <translation>
            <numerusform>“%1” klasörü, içindeki tüm klasörler ve %Ln iletiyle birlikte sunucudan silinecek. Bu işlem geri alınamaz.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The folder “%1” will be deleted for good, with all folders in it and %Ln message(s). This cannot be undone.</source>
        <translation>
            <numerusform>“%1” klasörü, içindeki tüm klasörler ve %Ln iletiyle birlikte kalıcı olarak silinecek. Bu işlem geri alınamaz.</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete folder for &amp;good…</source>
        <translation>Klasörü &amp;kalıcı olarak sil…</translation>
    </message>
    <message numerus="yes">
        <source>The folder “%1” will be deleted for good, with %Ln message(s). This cannot be undone.</source>
        <translation>
            <numerusform>“%1” klasörü, %Ln iletiyle birlikte kalıcı olarak silinecek. Bu işlem geri alınamaz.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The folder “%1” will be deleted on the server, with %Ln message(s). This cannot be undone.</source>
        <translation>
            <numerusform>“%1” klasörü, %Ln iletiyle birlikte sunucudan silinecek. Bu işlem geri alınamaz.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>postaci::FolderModel</name>
    <message>
        <source>On this computer</source>
        <translation>Bu bilgisayarda</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>Taslaklar</translation>
    </message>
    <message>
        <source>Outbox</source>
        <translation>Giden Kutusu</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n unread</source>
        <translation>
            <numerusform>%1, %n okunmamış</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %n message(s)</source>
        <translation>
            <numerusform>%1, %n ileti</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>postaci::FolderText</name>
    <message>
        <source>Inbox</source>
        <translation>Gelen Kutusu</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>Taslaklar</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gönderilmiş</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Arşiv</translation>
    </message>
    <message>
        <source>Junk</source>
        <translation>Gereksiz</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>Çöp Kutusu</translation>
    </message>
    <message>
        <source>All mail</source>
        <translation>Tüm postalar</translation>
    </message>
    <message>
        <source>Flagged</source>
        <translation>Bayraklı</translation>
    </message>
    <message>
        <source>Recovered</source>
        <translation>Kurtarılanlar</translation>
    </message>
</context>
<context>
    <name>postaci::FoundPage</name>
    <message>
        <source>Enter the user name that your provider gave you.</source>
        <translation>Sağlayıcınızın verdiği kullanıcı adını yazın.</translation>
    </message>
    <message>
        <source>Enter the password of your mailbox.</source>
        <translation>Posta kutunuzun şifresini yazın.</translation>
    </message>
    <message>
        <source>&amp;Use these servers</source>
        <translation>&amp;Bu sunucuları kullan</translation>
    </message>
    <message>
        <source>&amp;Sign in</source>
        <translation>&amp;Giriş yap</translation>
    </message>
    <message>
        <source>&amp;Sign in with your browser</source>
        <translation>&amp;Tarayıcıyla giriş yap</translation>
    </message>
    <message>
        <source>Are these your servers?</source>
        <translation>Bu sunucular sizin mi?</translation>
    </message>
    <message>
        <source>Sign in to your mailbox</source>
        <translation>Posta kutunuza giriş yapın</translation>
    </message>
    <message>
        <source>Sign in to %1</source>
        <translation>%1 hesabınıza giriş yapın</translation>
    </message>
    <message>
        <source>This mailbox cannot be used</source>
        <translation>Bu posta kutusu kullanılamıyor</translation>
    </message>
    <message>
        <source>%1 cannot be used</source>
        <translation>%1 kullanılamıyor</translation>
    </message>
    <message>
        <source>Nothing proves that these servers belong to %1.</source>
        <translation>Bu sunucuların %1 ile ilgisi kanıtlanamıyor.</translation>
    </message>
    <message>
        <source>Your password goes there only if you agree. Compare the names in bold with what your provider has told you.</source>
        <translation>Şifreniz ancak siz onaylarsanız oraya gider. Kalın yazılmış adları sağlayıcınızın verdiği bilgilerle karşılaştırın.</translation>
    </message>
    <message>
        <source>%1 only lets you sign in through the web browser.</source>
        <translation>%1 yalnızca web tarayıcısı üzerinden giriş yapılmasına izin veriyor.</translation>
    </message>
    <message>
        <source>This copy of Postacı is not registered at %1 and so cannot do that. A password would be refused.</source>
        <translation>Bu Postacı kopyası %1 hizmetine kayıtlı olmadığı için bunu yapamıyor. Şifre de kabul edilmez.</translation>
    </message>
    <message>
        <source>These servers are a good guess.</source>
        <translation>Bu sunucular güçlü bir tahmin.</translation>
    </message>
    <message>
        <source>Nobody has published any for %1. Postacı tries them with an encrypted connection only.</source>
        <translation>%1 için kimse sunucu bildirmemiş. Postacı bunları yalnızca şifreli bağlantıyla dener.</translation>
    </message>
    <message>
        <source>&amp;Found</source>
        <translation>&amp;Bulunanlar</translation>
    </message>
    <message>
        <source>Found settings</source>
        <translation>Bulunan ayarlar</translation>
    </message>
    <message>
        <source>Change the servers</source>
        <translation>Sunucuları değiştir</translation>
    </message>
    <message>
        <source>Use these</source>
        <translation>Bunları kullan</translation>
    </message>
    <message>
        <source>Other servers were found as well: %1.</source>
        <translation>Başka sunucular da bulundu: %1.</translation>
    </message>
    <message>
        <source>They come %1.</source>
        <translation>Bilginin kaynağı: %1.</translation>
    </message>
    <message>
        <source>&amp;User name</source>
        <translation>&amp;Kullanıcı adı</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Kullanıcı adı</translation>
    </message>
    <message>
        <source>App &amp;password</source>
        <translation>Uygulama &amp;şifresi</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>&amp;Şifre</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Şifre</translation>
    </message>
    <message>
        <source>Use a password instead</source>
        <translation>Bunun yerine şifre kullan</translation>
    </message>
    <message>
        <source>Sign in with your browser instead</source>
        <translation>Bunun yerine tarayıcıyla giriş yap</translation>
    </message>
    <message>
        <source>For experts: a client ID of your own</source>
        <translation>Uzmanlar için: kendi istemci kimliğiniz</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>İstemci kimliği</translation>
    </message>
    <message>
        <source>Where to register…</source>
        <translation>Nereden kaydolunur…</translation>
    </message>
    <message>
        <source>%1 is changing over to signing in through the web browser.</source>
        <translation>%1, web tarayıcısıyla girişe geçiyor.</translation>
    </message>
    <message>
        <source>This copy of Postacı is not registered at %1 and so cannot do that. An app password may still work, or be refused.</source>
        <translation>Postacı&apos;nın bu kopyası %1 tarafında kayıtlı olmadığından bunu yapamaz. Bir uygulama şifresi işe yarayabilir, geri de çevrilebilir.</translation>
    </message>
    <message>
        <source>This copy of Postacı is not registered at %1.</source>
        <translation>Postacı&apos;nın bu kopyası %1 tarafında kayıtlı değil.</translation>
    </message>
    <message>
        <source>With a client ID of your own you can sign in through the web browser all the same.</source>
        <translation>Kendi istemci kimliğiniz varsa yine de web tarayıcısıyla giriş yapabilirsiniz.</translation>
    </message>
    <message>
        <source>Use an app password instead</source>
        <translation>Bunun yerine uygulama şifresi kullan</translation>
    </message>
    <message>
        <source>For experts: sign in with your browser</source>
        <translation>Uzmanlar için: tarayıcınızla giriş</translation>
    </message>
    <message>
        <source>Whoever has registered a program there can enter its client ID, and its client secret if it has one. The secret is kept in the keychain.</source>
        <translation>Orada bir program kaydettirmiş olanlar istemci kimliğini ve varsa istemci gizli anahtarını girebilir. Gizli anahtar anahtarlıkta saklanır.</translation>
    </message>
    <message>
        <source>&amp;Client ID</source>
        <translation>İs&amp;temci kimliği</translation>
    </message>
    <message>
        <source>Client s&amp;ecret</source>
        <translation>İstemci &amp;gizli anahtarı</translation>
    </message>
    <message>
        <source>Client secret</source>
        <translation>İstemci gizli anahtarı</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Yok</translation>
    </message>
    <message>
        <source>As before</source>
        <translation>Önceki gibi</translation>
    </message>
</context>
<context>
    <name>postaci::IdentityPage</name>
    <message>
        <source>Your name is what others see beside your address.</source>
        <translation>Adınız, adresinizin yanında başkalarının gördüğü addır.</translation>
    </message>
    <message>
        <source>Enter the whole address, for instance name@example.org.</source>
        <translation>Adresin tamamını yazın, örneğin ad@ornek.org.</translation>
    </message>
    <message>
        <source>Welcome to Postacı</source>
        <translation>Postacı’ya hoş geldiniz</translation>
    </message>
    <message>
        <source>Your &amp;name</source>
        <translation>&amp;Adınız</translation>
    </message>
    <message>
        <source>&amp;Email address</source>
        <translation>&amp;E-posta adresi</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Adınız</translation>
    </message>
    <message>
        <source>Email address</source>
        <translation>E-posta adresi</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Dil</translation>
    </message>
    <message>
        <source>&amp;Language · Dil</source>
        <translation>&amp;Dil · Language</translation>
    </message>
    <message>
        <source>An address has only one @.</source>
        <translation>Adreste yalnızca bir @ olur.</translation>
    </message>
    <message>
        <source>Did you mean %1?</source>
        <translation>Şunu mu demek istediniz: %1?</translation>
    </message>
    <message>
        <source>&amp;Continue</source>
        <translation>&amp;Devam</translation>
    </message>
    <message>
        <source>Add an account</source>
        <translation>Hesap ekleyin</translation>
    </message>
    <message>
        <source>Your name and your address are enough; Postacı finds the rest. Nothing is saved before it has worked.</source>
        <translation>Adınız ve adresiniz yeter, gerisini Postacı bulur. Çalıştığı görülmeden hiçbir şey kaydedilmez.</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Gizlilik</translation>
    </message>
    <message>
        <source>To find your servers, Postacı asks your provider and Mozilla&apos;s public list. They learn the part of your address after the @, nothing else.</source>
        <translation>Postacı, sunucularınızı bulmak için sağlayıcınıza ve Mozilla’nın herkese açık listesine sorar. Onlar adresinizin yalnızca @ işaretinden sonrasını öğrenir.</translation>
    </message>
    <message>
        <source>Ask nobody but my provider</source>
        <translation>Sağlayıcımdan başka kimseye sorma</translation>
    </message>
</context>
<context>
    <name>postaci::ImportDialog</name>
    <message>
        <source>&amp;Name of the new folder</source>
        <translation>Yeni klasörün &amp;adı</translation>
    </message>
    <message>
        <source>Import mail</source>
        <translation>Posta içe aktar</translation>
    </message>
    <message>
        <source>&amp;Mail files</source>
        <translation>&amp;Posta dosyaları</translation>
    </message>
    <message>
        <source>Mail files</source>
        <translation>Posta dosyaları</translation>
    </message>
    <message>
        <source>Choose &amp;files…</source>
        <translation>&amp;Dosya seç…</translation>
    </message>
    <message>
        <source>Choose f&amp;older…</source>
        <translation>&amp;Klasör seç…</translation>
    </message>
    <message>
        <source>An mbox file, .eml files, a Maildir, or a folder with .eml files. The files stay as they are; mail that is in the target already is not imported twice.</source>
        <translation>Bir mbox dosyası, .eml dosyaları, bir Maildir ya da içinde .eml dosyaları olan bir klasör. Dosyalar olduğu gibi kalır; hedefte zaten bulunan iletiler ikinci kez alınmaz.</translation>
    </message>
    <message>
        <source>Import in&amp;to</source>
        <translation>&amp;Hedef klasör</translation>
    </message>
    <message>
        <source>Import into</source>
        <translation>Hedef klasör</translation>
    </message>
    <message>
        <source>Name of the new folder</source>
        <translation>Yeni klasörün adı</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>İptal</translation>
    </message>
    <message>
        <source>&amp;Import</source>
        <translation>İ&amp;çe aktar</translation>
    </message>
    <message>
        <source>Imported mail</source>
        <translation>İçe aktarılan posta</translation>
    </message>
    <message>
        <source>New folder on this computer</source>
        <translation>Bu bilgisayarda yeni klasör</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>Bu bilgisayarda</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>place: folder</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Klasör seç</translation>
    </message>
    <message>
        <source>Choose mail files</source>
        <translation>Posta dosyası seç</translation>
    </message>
    <message>
        <source>Choose what is to be imported.</source>
        <translation>İçe aktarılacak olanı seçin.</translation>
    </message>
    <message>
        <source>There is no such file or folder.</source>
        <translation>Böyle bir dosya ya da klasör yok.</translation>
    </message>
    <message>
        <source>Give the new folder a name.</source>
        <translation>Yeni klasöre bir ad verin.</translation>
    </message>
    <message>
        <source>A folder&apos;s name cannot have a “/” in it.</source>
        <translation>Klasör adında “/” olamaz.</translation>
    </message>
    <message>
        <source>There is a folder with this name already: choose it above.</source>
        <translation>Bu adda bir klasör zaten var: yukarıdan onu seçin.</translation>
    </message>
</context>
<context>
    <name>postaci::LanguageCombo</name>
    <message>
        <source>System language</source>
        <translation>Sistemin dili</translation>
    </message>
</context>
<context>
    <name>postaci::LookingPage</name>
    <message>
        <source>%1 (%2 s)</source>
        <translation>%1 (%2 sn)</translation>
    </message>
    <message>
        <source>Looking for your servers…</source>
        <translation>Sunucularınız aranıyor…</translation>
    </message>
    <message>
        <source>Looking for the servers</source>
        <translation>Sunucular aranıyor</translation>
    </message>
</context>
<context>
    <name>postaci::MailView</name>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n ileti</numerusform>
        </translation>
    </message>
    <message>
        <source>Message list</source>
        <translation>İleti listesi</translation>
    </message>
    <message>
        <source>Reader</source>
        <translation>Okuyucu</translation>
    </message>
    <message>
        <source>Search results</source>
        <translation>Arama sonuçları</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Hiçbir şey bulunamadı</translation>
    </message>
    <message>
        <source>Try fewer or shorter words.</source>
        <translation>Daha az ya da daha kısa sözcüklerle deneyin.</translation>
    </message>
    <message>
        <source>This folder is empty</source>
        <translation>Bu klasör boş</translation>
    </message>
    <message>
        <source>No folder selected</source>
        <translation>Klasör seçilmedi</translation>
    </message>
    <message>
        <source>Choose one on the left.</source>
        <translation>Soldan birini seçin.</translation>
    </message>
</context>
<context>
    <name>postaci::MaildropBox</name>
    <message numerus="yes">
        <source>after %n day(s)</source>
        <translation>
            <numerusform>%n gün sonra</numerusform>
        </translation>
    </message>
    <message>
        <source>at once</source>
        <comment>when mail is deleted on the server</comment>
        <translation>hemen</translation>
    </message>
    <message>
        <source>&amp;Delete mail from the server</source>
        <translation>&amp;Postayı sunucudan sil</translation>
    </message>
    <message>
        <source>Otherwise the server keeps it, and other devices can still fetch it.</source>
        <translation>Yoksa sunucu postayı saklar; öteki cihazlar da indirebilir.</translation>
    </message>
    <message>
        <source>When mail is deleted from the server</source>
        <translation>Postanın sunucudan silineceği zaman</translation>
    </message>
    <message>
        <source>&amp;Mail deleted for good here is deleted on the server, too</source>
        <translation>Burada &amp;kalıcı olarak silinen posta sunucudan da silinsin</translation>
    </message>
    <message>
        <source>Only the &amp;header of large messages</source>
        <translation>Büyük iletilerin yalnızca &amp;başlığı</translation>
    </message>
    <message>
        <source>The rest stays on the server until you ask for it.</source>
        <translation>Siz isteyene kadar gerisi sunucuda kalır.</translation>
    </message>
    <message>
        <source>Size above which only the header is fetched</source>
        <translation>Yalnızca başlığı alınacak iletilerin boyutu</translation>
    </message>
    <message>
        <source>over %1 MB</source>
        <translation>%1 MB’den büyük</translation>
    </message>
</context>
<context>
    <name>postaci::MainWindow</name>
    <message>
        <source>Saved: %1</source>
        <translation>Kaydedildi: %1</translation>
    </message>
    <message>
        <source>The mail is in the outbox and goes out now.</source>
        <translation>E-posta giden kutusunda, şimdi gönderiliyor.</translation>
    </message>
    <message>
        <source>The draft was kept. You find it under Drafts.</source>
        <translation>Taslak saklandı. Taslaklar altında bulabilirsiniz.</translation>
    </message>
    <message>
        <source>Sent: %1</source>
        <translation>Gönderildi: %1</translation>
    </message>
    <message>
        <source>About Postacı</source>
        <translation>Postacı hakkında</translation>
    </message>
    <message>
        <source>Postacı %1</source>
        <translation>Postacı %1</translation>
    </message>
    <message>
        <source>Your mail, on your computer.</source>
        <translation>Postanız, bilgisayarınızda.</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License 3 or later.</source>
        <translation>GNU Genel Kamu Lisansı 3 ya da sonrası ile özgür yazılım.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Kapat</translation>
    </message>
    <message>
        <source>Search results</source>
        <translation>Arama sonuçları</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>Taslaklar</translation>
    </message>
    <message>
        <source>Outbox</source>
        <translation>Giden Kutusu</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Araçlar</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Klasörler</translation>
    </message>
    <message>
        <source>No account yet</source>
        <translation>Henüz hesap yok</translation>
    </message>
    <message>
        <source>Set up your mailbox, and your mail appears here.</source>
        <translation>Posta kutunuzu tanıtın, postanız burada görünsün.</translation>
    </message>
    <message>
        <source>Add account…</source>
        <translation>Hesap ekle…</translation>
    </message>
</context>
<context>
    <name>postaci::MessageCommands</name>
    <message>
        <source>Delete for good?</source>
        <translation>Kalıcı olarak silinsin mi?</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) will be deleted for good. This cannot be undone.</source>
        <translation>
            <numerusform>%n ileti kalıcı olarak silinecek. Bu geri alınamaz.</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>Kalıcı olarak sil</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Kalsın</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>Geri alınacak bir şey yok.</translation>
    </message>
    <message>
        <source>What was deleted for good cannot be brought back.</source>
        <translation>Kalıcı olarak silinenler geri getirilemez.</translation>
    </message>
    <message>
        <source>Undone: %1</source>
        <translation>Geri alındı: %1</translation>
    </message>
</context>
<context>
    <name>postaci::MessageHeaderView</name>
    <message>
        <source>(no sender)</source>
        <translation>(gönderen yok)</translation>
    </message>
    <message>
        <source>⚠ This mail names several senders. Be careful.</source>
        <translation>⚠ Bu e-postada birden çok gönderen yazıyor. Dikkatli olun.</translation>
    </message>
    <message>
        <source>To: %1</source>
        <translation>Kime: %1</translation>
    </message>
    <message>
        <source>Cc: %1</source>
        <translation>Bilgi: %1</translation>
    </message>
    <message>
        <source>Bcc: %1</source>
        <translation>Gizli: %1</translation>
    </message>
    <message>
        <source>Replies go to: %1</source>
        <translation>Yanıtlar şuraya gider: %1</translation>
    </message>
    <message>
        <source>(no recipient)</source>
        <translation>(alıcı yok)</translation>
    </message>
    <message numerus="yes">
        <source>To %1 and %n more</source>
        <translation>
            <numerusform>Kime: %1 ve %n kişi daha</numerusform>
        </translation>
    </message>
    <message>
        <source>To %1</source>
        <comment>recipients</comment>
        <translation>Kime: %1</translation>
    </message>
    <message>
        <source>Less</source>
        <translation>Daha az</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Ayrıntılar</translation>
    </message>
    <message>
        <source>Hide recipients</source>
        <translation>Alıcıları gizle</translation>
    </message>
    <message>
        <source>Show all recipients</source>
        <translation>Tüm alıcıları göster</translation>
    </message>
</context>
<context>
    <name>postaci::MessageListView</name>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n ileti</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>postaci::MessageText</name>
    <message>
        <source>(no subject)</source>
        <translation>(konu yok)</translation>
    </message>
    <message>
        <source>(no sender)</source>
        <translation>(gönderen yok)</translation>
    </message>
    <message>
        <source>(no recipient)</source>
        <translation>(alıcı yok)</translation>
    </message>
    <message>
        <source>Unread</source>
        <translation>Okunmamış</translation>
    </message>
    <message>
        <source>Flagged</source>
        <translation>Bayraklı</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Yanıtlanmış</translation>
    </message>
    <message>
        <source>Forwarded</source>
        <translation>İletilmiş</translation>
    </message>
    <message>
        <source>to %1</source>
        <translation>kime: %1</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>gönderen: %1</translation>
    </message>
    <message>
        <source>subject %1</source>
        <translation>konu: %1</translation>
    </message>
    <message>
        <source>date %1</source>
        <translation>tarih: %1</translation>
    </message>
    <message>
        <source>with attachment</source>
        <translation>ekli</translation>
    </message>
    <message>
        <source>%1 still on the server</source>
        <translation>%1 hâlâ sunucuda</translation>
    </message>
</context>
<context>
    <name>postaci::NewFolderDialog</name>
    <message>
        <source>New folder</source>
        <translation>Yeni klasör</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Ad</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Ad</translation>
    </message>
    <message>
        <source>&amp;Place</source>
        <translation>&amp;Yer</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Yer</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>İptal</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Oluştur</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>Bu bilgisayarda</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>place: folder</comment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>postaci::NoticeBar</name>
    <message>
        <source>Close</source>
        <translation>Kapat</translation>
    </message>
    <message>
        <source>The server refused a change; it was undone. %1</source>
        <translation>Sunucu bir değişikliği reddetti; değişiklik geri alındı. %1</translation>
    </message>
    <message>
        <source>“%1” was not sent. %2</source>
        <translation>“%1” gönderilemedi. %2</translation>
    </message>
    <message>
        <source>It is in the outbox. %1</source>
        <translation>E-posta giden kutusunda duruyor. %1</translation>
    </message>
    <message>
        <source>It is unclear whether “%1” was sent.</source>
        <translation>“%1” gönderildi mi, belli değil.</translation>
    </message>
    <message>
        <source>The outbox tells what you can do.</source>
        <translation>Ne yapabileceğiniz giden kutusunda yazıyor.</translation>
    </message>
    <message>
        <source>The mail database was damaged: what could be read of it was saved, and mail on IMAP servers is being fetched again.</source>
        <translation>Posta veritabanı bozulmuştu: okunabilen her şey kurtarıldı, IMAP sunucularındaki postalar yeniden indiriliyor.</translation>
    </message>
    <message>
        <source>The damaged file is kept here: %1</source>
        <translation>Bozuk dosya burada saklanıyor: %1</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Göster</translation>
    </message>
</context>
<context>
    <name>postaci::OutboxPane</name>
    <message>
        <source>(no subject)</source>
        <translation>(konu yok)</translation>
    </message>
    <message>
        <source>It did not arrive: send again</source>
        <translation>Ulaşmamış: yeniden gönder</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>Şimdi gönder</translation>
    </message>
    <message>
        <source>It arrived: remove</source>
        <translation>Ulaşmış: kaldır</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Kaldır</translation>
    </message>
    <message>
        <source>The connection broke after the mail had been handed over. Ask the recipient, or look whether it is among the sent mails, before you send it again.</source>
        <translation>E-posta teslim edildikten sonra bağlantı koptu. Yeniden göndermeden önce alıcıya sorun ya da gönderilmişler arasında olup olmadığına bakın.</translation>
    </message>
    <message>
        <source>%1: refused. %2</source>
        <translation>%1: reddedildi. %2</translation>
    </message>
    <message>
        <source>%1: accepted.</source>
        <translation>%1: kabul edildi.</translation>
    </message>
    <message>
        <source>Nothing is waiting to be sent</source>
        <translation>Gönderilmeyi bekleyen yok</translation>
    </message>
    <message>
        <source>Mails stay here until a server has taken them.</source>
        <translation>E-postalar bir sunucu teslim alana kadar burada durur.</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Konu</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Kime</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Durum</translation>
    </message>
    <message>
        <source>Outbox</source>
        <translation>Giden Kutusu</translation>
    </message>
</context>
<context>
    <name>postaci::OutboxText</name>
    <message>
        <source>Waiting to be sent</source>
        <translation>Gönderilmeyi bekliyor</translation>
    </message>
    <message>
        <source>Will be tried again at %1</source>
        <translation>Yeniden denenecek: %1</translation>
    </message>
    <message>
        <source>Being sent</source>
        <translation>Gönderiliyor</translation>
    </message>
    <message>
        <source>Unclear whether it was sent</source>
        <translation>Gönderildiği belli değil</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gönderildi</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>Gönderilemedi</translation>
    </message>
</context>
<context>
    <name>postaci::PasswordDialog</name>
    <message>
        <source>Password needed</source>
        <translation>Şifre gerekli</translation>
    </message>
    <message>
        <source>Enter the password of %1.</source>
        <translation>%1 hesabının şifresini girin.</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>&amp;Şifre</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Şifre</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Şimdi değil</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Giriş yap</translation>
    </message>
</context>
<context>
    <name>postaci::PasswordEdit</name>
    <message>
        <source>Hide password</source>
        <translation>Şifreyi gizle</translation>
    </message>
    <message>
        <source>Show password</source>
        <translation>Şifreyi göster</translation>
    </message>
</context>
<context>
    <name>postaci::PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>Tercihler</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Genel</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Dil</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Dil</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Kapat</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Gizlilik</translation>
    </message>
    <message>
        <source>When looking for servers, ask nobody but the address&apos; own provider</source>
        <translation>Sunucu ararken adresin kendi sağlayıcısından başka kimseye sorma</translation>
    </message>
</context>
<context>
    <name>postaci::ProviderText</name>
    <message>
        <source>%1 lets no other mail program read your mail.</source>
        <translation>%1 postanızı başka bir programın okumasına izin vermiyor.</translation>
    </message>
    <message>
        <source>You can only use it with the provider&apos;s own program or web site.</source>
        <translation>Yalnızca sağlayıcının kendi programı ya da web sitesiyle kullanabilirsiniz.</translation>
    </message>
    <message>
        <source>Access for mail programs (IMAP) has to be switched on once in the web mail&apos;s settings.</source>
        <translation>E-posta programlarının erişimi (IMAP), web postasının ayarlarından bir kez açılmalıdır.</translation>
    </message>
    <message>
        <source>%1 wants an app password here, not your usual password.</source>
        <translation>%1 burada her zamanki şifrenizi değil, bir uygulama şifresi ister.</translation>
    </message>
    <message>
        <source>If you use two-step sign-in with %1, make an app password and enter it here.</source>
        <translation>%1 için iki adımlı giriş kullanıyorsanız bir uygulama şifresi oluşturup buraya yazın.</translation>
    </message>
    <message>
        <source>%1 wants an authorisation code here, not your password. You make one in the web mail&apos;s settings.</source>
        <translation>%1 burada şifrenizi değil, web postasının ayarlarında oluşturacağınız bir yetki kodunu ister.</translation>
    </message>
    <message>
        <source>The mailboxes of %1 have moved, or are moving, to %2.</source>
        <translation>%1 posta kutuları %2 hizmetine taşındı ya da taşınıyor.</translation>
    </message>
    <message>
        <source>Mail programs are let in with a paid plan only.</source>
        <translation>E-posta programlarıyla kullanmak için ücretli plan gerekir.</translation>
    </message>
    <message>
        <source>Sending from mail programs (SMTP) has to be switched on once in the web mail&apos;s settings.</source>
        <translation>E-posta programlarından gönderim (SMTP), web postasının ayarlarından bir kez açılmalıdır.</translation>
    </message>
    <message>
        <source>Use the password of the mailbox, not that of your customer account.</source>
        <translation>Müşteri hesabınızın değil, posta kutusunun şifresini yazın.</translation>
    </message>
    <message>
        <source>If it is refused, your organisation may have to allow mail programs first.</source>
        <translation>Kabul edilmezse, kurumunuzun önce e-posta programlarına izin vermesi gerekebilir.</translation>
    </message>
    <message>
        <source>If extra protection is switched on for your mailbox, switch it off first: it keeps mail programs out.</source>
        <translation>Posta kutunuzda ek koruma açıksa önce kapatın; e-posta programlarını engeller.</translation>
    </message>
    <message>
        <source>The user name is not your address: enter the one that your provider has given you.</source>
        <translation>Kullanıcı adı adresinizle aynı değildir; sağlayıcınızın verdiği adı yazın.</translation>
    </message>
    <message>
        <source>Sign in with the main address of the account; its other addresses are refused.</source>
        <translation>Hesabın ana adresiyle giriş yapın; diğer adresleri kabul edilmez.</translation>
    </message>
    <message>
        <source>The servers differ by the region in which the account was opened.</source>
        <translation>Sunucular, hesabın açıldığı bölgeye göre değişir.</translation>
    </message>
    <message>
        <source>Your hosting company has told you the name of your server, usually in its welcome mail.</source>
        <translation>Sunucunuzun adı, barındırma firmanızın gönderdiği karşılama e-postasında yazar.</translation>
    </message>
    <message>
        <source>This provider offers POP3 only: mail is downloaded, folders are kept on this computer.</source>
        <translation>Bu sağlayıcıda yalnızca POP3 var: iletiler indirilir, klasörler bu bilgisayarda tutulur.</translation>
    </message>
    <message>
        <source>With POP3, new mail can be looked for every 15 minutes at most.</source>
        <translation>POP3 ile yeni iletilere en sık 15 dakikada bir bakılabilir.</translation>
    </message>
    <message>
        <source>The servers known for this provider offer no encryption. Postacı looks for ones that do, and never sends your password without it.</source>
        <translation>Bu sağlayıcının bilinen sunucuları şifreli bağlantı sunmuyor. Postacı şifreli olanları arar; bulamazsa şifrenizi göndermez.</translation>
    </message>
    <message>
        <source>Sending works only over this provider&apos;s own internet connection.</source>
        <translation>Gönderim yalnızca bu sağlayıcının kendi internet bağlantısından çalışır.</translation>
    </message>
    <message>
        <source>%1 needs its Bridge program running on this computer. Use the password that the Bridge shows, not your usual one.</source>
        <translation>%1 için Bridge programının bu bilgisayarda çalışıyor olması gerekir. Her zamanki şifrenizi değil, Bridge’in gösterdiği şifreyi kullanın.</translation>
    </message>
    <message>
        <source>The mailboxes of %1 have moved elsewhere; these servers may be gone.</source>
        <translation>%1 posta kutuları başka yere taşındı; bu sunucular kapanmış olabilir.</translation>
    </message>
    <message>
        <source>The provider is changing over to signing in through the browser and may refuse a password.</source>
        <translation>Sağlayıcı tarayıcıyla girişe geçiyor, şifreyi reddedebilir.</translation>
    </message>
    <message>
        <source>What the provider says…</source>
        <translation>Sağlayıcının açıklaması…</translation>
    </message>
    <message>
        <source>Make the code…</source>
        <translation>Kodu oluştur…</translation>
    </message>
    <message>
        <source>Make an app password…</source>
        <translation>Uygulama şifresi oluştur…</translation>
    </message>
</context>
<context>
    <name>postaci::Reader</name>
    <message>
        <source>This kind of link is not opened from a mail.</source>
        <translation>Bu tür bağlantılar e-postadan açılmaz.</translation>
    </message>
    <message>
        <source>Message header</source>
        <translation>İleti başlığı</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>İleti</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) selected</source>
        <translation>
            <numerusform>%n ileti seçildi</numerusform>
        </translation>
    </message>
    <message>
        <source>No message selected</source>
        <translation>İleti seçilmedi</translation>
    </message>
    <message>
        <source>Choose one from the list to read it here.</source>
        <translation>Burada okumak için listeden birini seçin.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Yeniden dene</translation>
    </message>
    <message>
        <source>Fetching the message…</source>
        <translation>İleti alınıyor…</translation>
    </message>
    <message numerus="yes">
        <source>%n remote picture(s) not loaded.</source>
        <translation>
            <numerusform>%n uzak resim yüklenmedi.</numerusform>
        </translation>
    </message>
    <message>
        <source>Loading them would tell the sender when and where you read this.</source>
        <translation>Yüklenirlerse gönderen bunu ne zaman ve nerede okuduğunuzu öğrenir.</translation>
    </message>
    <message>
        <source>This message is very long or unusual; not all of it is shown.</source>
        <translation>Bu ileti çok uzun ya da alışılmadık; tamamı gösterilmiyor.</translation>
    </message>
    <message>
        <source>The message source has everything.</source>
        <translation>Tamamı ileti kaynağında.</translation>
    </message>
    <message>
        <source>Fetching the rest of the message…</source>
        <translation>İletinin gerisi alınıyor…</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Vazgeç</translation>
    </message>
    <message>
        <source>&amp;Get the rest</source>
        <translation>&amp;Gerisini al</translation>
    </message>
</context>
<context>
    <name>postaci::ReplyText</name>
    <message>
        <source>On %1, %2 wrote:</source>
        <translation>%1 tarihinde %2 yazdı:</translation>
    </message>
    <message>
        <source>%1 wrote:</source>
        <translation>%1 yazdı:</translation>
    </message>
    <message>
        <source>---------- Forwarded message ----------</source>
        <translation>---------- İletilen e-posta ----------</translation>
    </message>
    <message>
        <source>From: %1</source>
        <translation>Gönderen: %1</translation>
    </message>
    <message>
        <source>Date: %1</source>
        <translation>Tarih: %1</translation>
    </message>
    <message>
        <source>Subject: %1</source>
        <translation>Konu: %1</translation>
    </message>
    <message>
        <source>To: %1</source>
        <translation>Kime: %1</translation>
    </message>
    <message>
        <source>Cc: %1</source>
        <translation>Bilgi: %1</translation>
    </message>
</context>
<context>
    <name>postaci::ReportText</name>
    <message>
        <source>the whole address</source>
        <translation>adresin tamamı</translation>
    </message>
    <message>
        <source>the part before the @</source>
        <translation>@ işaretinden öncesi</translation>
    </message>
    <message>
        <source>none</source>
        <translation>yok</translation>
    </message>
    <message>
        <source>another one</source>
        <translation>başka bir ad</translation>
    </message>
    <message>
        <source>no encryption</source>
        <translation>şifrelemesiz</translation>
    </message>
    <message>
        <source>user name: %1</source>
        <translation>kullanıcı adı: %1</translation>
    </message>
    <message>
        <source>Outgoing mail</source>
        <translation>Giden posta</translation>
    </message>
    <message>
        <source>Incoming mail</source>
        <translation>Gelen posta</translation>
    </message>
</context>
<context>
    <name>postaci::SearchField</name>
    <message>
        <source>Search all mail</source>
        <translation>Tüm postada ara</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Ara</translation>
    </message>
    <message>
        <source>End the search</source>
        <translation>Aramayı bitir</translation>
    </message>
</context>
<context>
    <name>postaci::ServerCard</name>
    <message>
        <source>not encrypted</source>
        <translation>şifrelemesiz</translation>
    </message>
    <message>
        <source>Receiving (POP3)</source>
        <translation>Alma (POP3)</translation>
    </message>
    <message>
        <source>Receiving (IMAP)</source>
        <translation>Alma (IMAP)</translation>
    </message>
    <message>
        <source>Sending (SMTP)</source>
        <translation>Gönderme (SMTP)</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Kullanıcı adı</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Kaynak</translation>
    </message>
    <message>
        <source>%1; for sending %2</source>
        <translation>%1; gönderirken %2</translation>
    </message>
</context>
<context>
    <name>postaci::ServerForm</name>
    <message>
        <source>Enter the server&apos;s name, for instance mail.example.org.</source>
        <translation>Sunucunun adını yazın, örneğin mail.ornek.org.</translation>
    </message>
    <message>
        <source>Usually your address.</source>
        <translation>Genellikle adresiniz.</translation>
    </message>
    <message>
        <source>Incoming mail (IMAP)</source>
        <translation>Gelen posta (IMAP)</translation>
    </message>
    <message>
        <source>Outgoing mail (SMTP)</source>
        <translation>Giden posta (SMTP)</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Sunucu</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>Şifreleme</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Kullanıcı adı</translation>
    </message>
    <message>
        <source>TLS (recommended)</source>
        <translation>TLS (önerilen)</translation>
    </message>
    <message>
        <source>None (only on this computer)</source>
        <translation>Yok (yalnızca bu bilgisayarda)</translation>
    </message>
    <message>
        <source>Incoming server</source>
        <translation>Gelen sunucusu</translation>
    </message>
    <message>
        <source>Outgoing server</source>
        <translation>Giden sunucusu</translation>
    </message>
    <message>
        <source>Incoming encryption</source>
        <translation>Gelen şifrelemesi</translation>
    </message>
    <message>
        <source>Outgoing encryption</source>
        <translation>Giden şifrelemesi</translation>
    </message>
    <message>
        <source>Incoming port</source>
        <translation>Gelen portu</translation>
    </message>
    <message>
        <source>Outgoing port</source>
        <translation>Giden portu</translation>
    </message>
    <message>
        <source>Incoming user name</source>
        <translation>Gelen kullanıcı adı</translation>
    </message>
    <message>
        <source>Outgoing user name</source>
        <translation>Giden kullanıcı adı</translation>
    </message>
    <message>
        <source>Incoming mail (POP3)</source>
        <translation>Gelen posta (POP3)</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protokol</translation>
    </message>
    <message>
        <source>An account keeps its protocol. To use the other one, add the mailbox once more; the mail of this account stays here.</source>
        <translation>Bir hesabın protokolü değişmez. Ötekini kullanmak için posta kutusunu bir kez daha ekleyin; bu hesabın postası burada kalır.</translation>
    </message>
</context>
<context>
    <name>postaci::ServerLadder</name>
    <message>
        <source>waiting</source>
        <translation>bekliyor</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>sürüyor</translation>
    </message>
    <message>
        <source>done</source>
        <translation>tamam</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>başarısız</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 sn</translation>
    </message>
    <message>
        <source>Outgoing mail</source>
        <translation>Giden posta</translation>
    </message>
    <message>
        <source>Incoming mail</source>
        <translation>Gelen posta</translation>
    </message>
    <message>
        <source>not tested</source>
        <translation>denenmedi</translation>
    </message>
</context>
<context>
    <name>postaci::ServersPage</name>
    <message>
        <source>Set up by hand</source>
        <translation>Elle ayarla</translation>
    </message>
    <message>
        <source>Pro&amp;vider</source>
        <translation>Sa&amp;ğlayıcı</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Başka</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Sağlayıcı</translation>
    </message>
    <message>
        <source>Another password for outgoing mail</source>
        <translation>Giden posta için başka şifre</translation>
    </message>
    <message>
        <source>Outgoing password</source>
        <translation>Giden şifresi</translation>
    </message>
    <message>
        <source>These are guesses.</source>
        <translation>Bunlar tahmin.</translation>
    </message>
    <message>
        <source>Enter the password of your mailbox.</source>
        <translation>Posta kutunuzun şifresini yazın.</translation>
    </message>
    <message>
        <source>Enter the password for sending.</source>
        <translation>Gönderme şifresini yazın.</translation>
    </message>
    <message>
        <source>&amp;Test and save</source>
        <translation>&amp;Dene ve kaydet</translation>
    </message>
    <message>
        <source>&amp;Continue</source>
        <translation>&amp;Devam</translation>
    </message>
    <message>
        <source>Change the account</source>
        <translation>Hesabı değiştirin</translation>
    </message>
    <message>
        <source>Your &amp;name</source>
        <translation>&amp;Adınız</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Adınız</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>&amp;Şifre</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Şifre</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>değişmedi</translation>
    </message>
    <message>
        <source>Ask Microsoft…</source>
        <translation>Microsoft’a sor…</translation>
    </message>
    <message>
        <source>Microsoft would learn the part of your address after the @.</source>
        <translation>Microsoft adresinizin @ işaretinden sonrasını öğrenir.</translation>
    </message>
    <message>
        <source>Compare them with what your provider has told you, or simply try them.</source>
        <translation>Sağlayıcınızın verdiği bilgilerle karşılaştırın ya da deneyip görün.</translation>
    </message>
    <message>
        <source>No servers were found for %1. These are guesses.</source>
        <translation>%1 için sunucu bulunamadı. Bunlar tahmin.</translation>
    </message>
    <message>
        <source>Ask your provider for four things: the names of the incoming and the outgoing server, their ports, and your user name. Or simply try these.</source>
        <translation>Sağlayıcınıza dört şeyi sorun: gelen ve giden sunucularının adları, portları ve kullanıcı adınız. Ya da bunları deneyip görün.</translation>
    </message>
    <message>
        <source>Ask with my address…</source>
        <translation>Adresimle sor…</translation>
    </message>
    <message>
        <source>It would learn your whole address, and nobody else would.</source>
        <translation>Adresinizin tamamını o öğrenir, başka kimse öğrenmez.</translation>
    </message>
    <message>
        <source>%1 might know, but only tells who names the whole address.</source>
        <translation>%1 biliyor olabilir, ama yalnızca adresin tamamını söyleyene yanıt veriyor.</translation>
    </message>
</context>
<context>
    <name>postaci::SetupText</name>
    <message>
        <source>the server</source>
        <translation>sunucu</translation>
    </message>
    <message>
        <source>The server calls itself %1, not %2.</source>
        <translation>Sunucu kendini %2 değil, %1 olarak tanıtıyor.</translation>
    </message>
    <message>
        <source>That is common with shared hosting. Postacı has checked that %1 is this server.</source>
        <translation>Paylaşımlı barındırmada sık görülür. Postacı, %1 adının aynı sunucu olduğunu doğruladı.</translation>
    </message>
    <message>
        <source>The server&apos;s name may be wrong, or somebody stands between you and the server. Your password was not sent. Ask your provider for the right name.</source>
        <translation>Sunucu adı yanlış olabilir ya da araya biri girmiş olabilir. Şifreniz gönderilmedi. Doğru adı sağlayıcınıza sorun.</translation>
    </message>
    <message>
        <source>The certificate of %1 is not for this server.</source>
        <translation>%1 sertifikası bu sunucu için değil.</translation>
    </message>
    <message>
        <source>This computer is not connected to the internet.</source>
        <translation>Bu bilgisayar internete bağlı değil.</translation>
    </message>
    <message>
        <source>Connect it, then try again.</source>
        <translation>Bağlanıp yeniden deneyin.</translation>
    </message>
    <message>
        <source>This network wants you to sign in first.</source>
        <translation>Bu ağ önce giriş yapmanızı istiyor.</translation>
    </message>
    <message>
        <source>Open a web page in your browser, sign in to the network there, then try again.</source>
        <translation>Tarayıcınızda bir web sayfası açıp ağa giriş yapın, sonra yeniden deneyin.</translation>
    </message>
    <message>
        <source>There is no server called %1.</source>
        <translation>%1 adında bir sunucu yok.</translation>
    </message>
    <message>
        <source>Check the name for typing errors, or ask your provider for the right one.</source>
        <translation>Adda yazım yanlışı olup olmadığına bakın ya da doğrusunu sağlayıcınıza sorun.</translation>
    </message>
    <message>
        <source>%1 does not answer on port %2.</source>
        <translation>%1, %2 numaralı porttan yanıt vermiyor.</translation>
    </message>
    <message>
        <source>The server may be down, or the name or the port may be wrong.</source>
        <translation>Sunucu kapalı olabilir ya da adı veya portu yanlıştır.</translation>
    </message>
    <message>
        <source>Port %2 of %1 cannot be reached from this network.</source>
        <translation>Bu ağdan %1 sunucusunun %2 numaralı portuna ulaşılamıyor.</translation>
    </message>
    <message>
        <source>Many networks block this port. Another one answers.</source>
        <translation>Birçok ağ bu portu kapatır. Başka bir port yanıt veriyor.</translation>
    </message>
    <message>
        <source>The Bridge program for %1 is not running on this computer.</source>
        <translation>%1 için gereken Bridge programı bu bilgisayarda çalışmıyor.</translation>
    </message>
    <message>
        <source>Start it, sign in there, and use the password that it shows.</source>
        <translation>Programı başlatıp içinde giriş yapın ve gösterdiği şifreyi kullanın.</translation>
    </message>
    <message>
        <source>What answers on port %2 of %1 is no mail server of this kind.</source>
        <translation>%1 sunucusunun %2 numaralı portunda bu türden bir posta sunucusu yok.</translation>
    </message>
    <message>
        <source>Probably the port or the encryption is wrong.</source>
        <translation>Büyük olasılıkla port ya da şifreleme türü yanlış.</translation>
    </message>
    <message>
        <source>%1 did not answer in time.</source>
        <translation>%1 zamanında yanıt vermedi.</translation>
    </message>
    <message>
        <source>Try again. If that does not help, check the name and the port.</source>
        <translation>Yeniden deneyin. Yine olmazsa adı ve portu denetleyin.</translation>
    </message>
    <message>
        <source>The certificate of %1 is not valid today.</source>
        <translation>%1 sertifikası bugün geçerli değil.</translation>
    </message>
    <message>
        <source>The provider has to renew it. Your password was not sent.</source>
        <translation>Sağlayıcının yenilemesi gerekir. Şifreniz gönderilmedi.</translation>
    </message>
    <message>
        <source>The clock of this computer is wrong.</source>
        <translation>Bu bilgisayarın saati yanlış.</translation>
    </message>
    <message>
        <source>It says that today is %1. Set date and time, then try again.</source>
        <translation>Bilgisayara göre bugün %1. Tarih ve saati düzeltip yeniden deneyin.</translation>
    </message>
    <message>
        <source>The certificate of %1 cannot be verified.</source>
        <translation>%1 sertifikası doğrulanamıyor.</translation>
    </message>
    <message>
        <source>It comes from an issuer that this computer does not know. Your password was not sent.</source>
        <translation>Sertifikayı bu bilgisayarın tanımadığı biri vermiş. Şifreniz gönderilmedi.</translation>
    </message>
    <message>
        <source>%1 offers only outdated encryption.</source>
        <translation>%1 yalnızca eskimiş bir şifreleme sunuyor.</translation>
    </message>
    <message>
        <source>Your password was not sent. The provider has to bring the server up to date.</source>
        <translation>Şifreniz gönderilmedi. Sağlayıcının sunucuyu güncellemesi gerekir.</translation>
    </message>
    <message>
        <source>%1 offers no encryption on port %2.</source>
        <translation>%1, %2 numaralı portta şifreleme sunmuyor.</translation>
    </message>
    <message>
        <source>Your password was not sent. Another port or the other kind of encryption may help.</source>
        <translation>Şifreniz gönderilmedi. Başka bir port ya da öteki şifreleme türü işe yarayabilir.</translation>
    </message>
    <message>
        <source>%1 does not accept this user name and password.</source>
        <translation>%1 bu kullanıcı adını ve şifreyi kabul etmiyor.</translation>
    </message>
    <message>
        <source>Type the password again. If it is right, look at the user name in the settings.</source>
        <translation>Şifreyi yeniden yazın. Şifre doğruysa ayarlardaki kullanıcı adına bakın.</translation>
    </message>
    <message>
        <source>%1 wants an app password instead of your usual one.</source>
        <translation>%1 her zamanki şifreniz yerine bir uygulama şifresi istiyor.</translation>
    </message>
    <message>
        <source>Make one on the provider&apos;s web site and enter it here.</source>
        <translation>Sağlayıcının web sitesinde bir tane oluşturup buraya yazın.</translation>
    </message>
    <message>
        <source>%1 only lets you sign in through the web browser.</source>
        <translation>%1 yalnızca web tarayıcısı üzerinden giriş yapılmasına izin veriyor.</translation>
    </message>
    <message>
        <source>No password works there, not even the right one.</source>
        <translation>Orada hiçbir şifre işe yaramaz, doğru olanı bile.</translation>
    </message>
    <message>
        <source>%1 wants you to confirm in the browser that it is you.</source>
        <translation>%1 siz olduğunuzu tarayıcıda onaylamanızı istiyor.</translation>
    </message>
    <message>
        <source>Sign in to the web mail, confirm, then try again here.</source>
        <translation>Web postanıza girip onaylayın, sonra burada yeniden deneyin.</translation>
    </message>
    <message>
        <source>Access for mail programs is probably switched off at %1.</source>
        <translation>%1 hesabınızda e-posta programlarının erişimi büyük olasılıkla kapalı.</translation>
    </message>
    <message>
        <source>Switch it on in the settings of the web mail, then try again. Your password may well be right.</source>
        <translation>Web postasının ayarlarından açıp yeniden deneyin. Şifreniz doğru olabilir.</translation>
    </message>
    <message>
        <source>%1 wants an authorisation code instead of your password.</source>
        <translation>%1 şifreniz yerine bir yetki kodu istiyor.</translation>
    </message>
    <message>
        <source>Make one in the settings of the web mail and enter it here.</source>
        <translation>Web postasının ayarlarında bir tane oluşturup buraya yazın.</translation>
    </message>
    <message>
        <source>Your password at %1 has expired.</source>
        <translation>%1 şifrenizin süresi dolmuş.</translation>
    </message>
    <message>
        <source>Choose a new one in the web mail and enter it here.</source>
        <translation>Web postasında yenisini belirleyip buraya yazın.</translation>
    </message>
    <message>
        <source>%1 has blocked signing in for a while.</source>
        <translation>%1 girişi bir süreliğine engelledi.</translation>
    </message>
    <message>
        <source>There were too many attempts. Wait a quarter of an hour; Postacı will not try by itself.</source>
        <translation>Çok fazla deneme yapıldı. On beş dakika bekleyin; Postacı bu sırada kendiliğinden denemez.</translation>
    </message>
    <message>
        <source>%1 takes no sign-in here.</source>
        <translation>%1 burada giriş kabul etmiyor.</translation>
    </message>
    <message>
        <source>Probably this port or this kind of encryption is meant for something else.</source>
        <translation>Büyük olasılıkla bu port ya da şifreleme türü başka bir iş için.</translation>
    </message>
    <message>
        <source>Receiving works, but sending does not accept the same user name and password.</source>
        <translation>Alma çalışıyor, ama gönderme aynı kullanıcı adını ve şifreyi kabul etmiyor.</translation>
    </message>
    <message>
        <source>Ask your provider what the outgoing server wants. Until then you can receive only.</source>
        <translation>Giden sunucusunun ne istediğini sağlayıcınıza sorun. O zamana kadar yalnızca alabilirsiniz.</translation>
    </message>
    <message>
        <source>Your organisation has switched off sending from mail programs.</source>
        <translation>Kurumunuz e-posta programlarından göndermeyi kapatmış.</translation>
    </message>
    <message>
        <source>Your organisation has switched off access for mail programs.</source>
        <translation>Kurumunuz e-posta programlarının erişimini kapatmış.</translation>
    </message>
    <message>
        <source>Only its administrator can switch it on.</source>
        <translation>Bunu yalnızca kurumun yöneticisi açabilir.</translation>
    </message>
    <message>
        <source>Too many connections to this mailbox are open at %1.</source>
        <translation>%1 üzerinde bu posta kutusuna çok fazla bağlantı açık.</translation>
    </message>
    <message>
        <source>Other devices or programs are using it. Close one of them, then try again.</source>
        <translation>Başka cihazlar ya da programlar kullanıyor. Birini kapatıp yeniden deneyin.</translation>
    </message>
    <message>
        <source>%1 does not let you send from this address.</source>
        <translation>%1 bu adresten göndermenize izin vermiyor.</translation>
    </message>
    <message>
        <source>Check the address, and the user name of the outgoing server.</source>
        <translation>Adresi ve giden sunucusunun kullanıcı adını denetleyin.</translation>
    </message>
    <message>
        <source>The mailbox is full.</source>
        <translation>Posta kutusu dolu.</translation>
    </message>
    <message>
        <source>Delete mail in the web mail, or ask for more space.</source>
        <translation>Web postasından ileti silin ya da daha fazla yer isteyin.</translation>
    </message>
    <message>
        <source>%1 cannot do this right now.</source>
        <translation>%1 bunu şu anda yapamıyor.</translation>
    </message>
    <message>
        <source>That usually passes within a few minutes. Try again then.</source>
        <translation>Genellikle birkaç dakikada geçer. Sonra yeniden deneyin.</translation>
    </message>
    <message>
        <source>%1 refused this.</source>
        <translation>%1 bunu reddetti.</translation>
    </message>
    <message>
        <source>What the server said may tell the reason.</source>
        <translation>Nedeni sunucunun yanıtında yazıyor olabilir.</translation>
    </message>
    <message>
        <source>Make an app password…</source>
        <translation>Uygulama şifresi oluştur…</translation>
    </message>
    <message>
        <source>Make an authorisation code…</source>
        <translation>Yetki kodu oluştur…</translation>
    </message>
    <message>
        <source>Open the settings page…</source>
        <translation>Ayarlar sayfasını aç…</translation>
    </message>
    <message>
        <source>Confirm in the browser…</source>
        <translation>Tarayıcıda onayla…</translation>
    </message>
    <message>
        <source>Open the browser…</source>
        <translation>Tarayıcıyı aç…</translation>
    </message>
    <message>
        <source>Open the provider&apos;s page…</source>
        <translation>Sağlayıcının sayfasını aç…</translation>
    </message>
    <message>
        <source>Use port %1</source>
        <translation>%1 numaralı portu kullan</translation>
    </message>
    <message>
        <source>Use %1</source>
        <comment>a server</comment>
        <translation>%1 adını kullan</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Yeniden dene</translation>
    </message>
    <message>
        <source>Type the password again</source>
        <translation>Şifreyi yeniden yaz</translation>
    </message>
    <message>
        <source>Look at the certificate…</source>
        <translation>Sertifikaya bak…</translation>
    </message>
    <message>
        <source>Sign in with your browser</source>
        <translation>Tarayıcıyla giriş yap</translation>
    </message>
    <message>
        <source>Use it for receiving only</source>
        <translation>Yalnızca almak için kullan</translation>
    </message>
    <message>
        <source>Change the settings</source>
        <translation>Ayarları değiştir</translation>
    </message>
    <message>
        <source>Sending works with the user name %1.</source>
        <translation>Gönderme, %1 kullanıcı adıyla çalışıyor.</translation>
    </message>
    <message>
        <source>Receiving works with the user name %1.</source>
        <translation>Alma, %1 kullanıcı adıyla çalışıyor.</translation>
    </message>
    <message>
        <source>%1 is used instead of %2.</source>
        <translation>%2 yerine %1 kullanılıyor.</translation>
    </message>
    <message>
        <source>Your network blocks port %1 of %2; port %3 is used.</source>
        <translation>Ağınız %2 sunucusunun %1 numaralı portunu kapatıyor; %3 numaralı port kullanılıyor.</translation>
    </message>
    <message>
        <source>from Postacı&apos;s own list</source>
        <translation>Postacı’nın kendi listesi</translation>
    </message>
    <message>
        <source>from Postacı&apos;s own list, by the company that takes this domain&apos;s mail</source>
        <translation>Postacı’nın kendi listesi (bu alan adının postasını alan şirkete göre)</translation>
    </message>
    <message>
        <source>from your provider&apos;s signed statement</source>
        <translation>sağlayıcınızın imzalı bildirimi</translation>
    </message>
    <message>
        <source>from your provider&apos;s web site</source>
        <translation>sağlayıcınızın web sitesi</translation>
    </message>
    <message>
        <source>from Mozilla&apos;s list</source>
        <translation>Mozilla’nın listesi</translation>
    </message>
    <message>
        <source>from your provider&apos;s DNS</source>
        <translation>sağlayıcınızın DNS kayıtları</translation>
    </message>
    <message>
        <source>from the company that takes this domain&apos;s mail</source>
        <translation>bu alan adının postasını alan şirket</translation>
    </message>
    <message>
        <source>from Microsoft</source>
        <translation>Microsoft’un yanıtı</translation>
    </message>
    <message>
        <source>guessed; these servers answer</source>
        <translation>tahmin; bu sunucular yanıt veriyor</translation>
    </message>
    <message>
        <source>guessed</source>
        <translation>tahmin</translation>
    </message>
    <message>
        <source>Looking in Postacı&apos;s own list</source>
        <translation>Postacı’nın kendi listesine bakılıyor</translation>
    </message>
    <message>
        <source>Asking the DNS who takes the mail of %1</source>
        <translation>%1 postasını kimin aldığı DNS’e soruluyor</translation>
    </message>
    <message>
        <source>Asking the web site %1</source>
        <translation>%1 web sitesine soruluyor</translation>
    </message>
    <message>
        <source>Asking Mozilla&apos;s list at %1</source>
        <translation>Mozilla’nın listesine soruluyor (%1)</translation>
    </message>
    <message>
        <source>Asking the DNS for the mail servers of %1</source>
        <translation>%1 posta sunucuları DNS’e soruluyor</translation>
    </message>
    <message>
        <source>Asking Microsoft at %1</source>
        <translation>Microsoft’a soruluyor (%1)</translation>
    </message>
    <message>
        <source>Trying whether %1 is a mail server</source>
        <translation>%1 posta sunucusu mu diye deneniyor</translation>
    </message>
    <message>
        <source>Making a guess</source>
        <translation>Tahmin ediliyor</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>sürüyor</translation>
    </message>
    <message>
        <source>found</source>
        <translation>bulundu</translation>
    </message>
    <message>
        <source>nothing there</source>
        <translation>orada yok</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>yanıt yok</translation>
    </message>
    <message>
        <source>Connect it, then try again. You can also enter the servers by hand.</source>
        <translation>Bağlanıp yeniden deneyin. Sunucuları elle de yazabilirsiniz.</translation>
    </message>
    <message>
        <source>There is no domain called %1.</source>
        <translation>%1 adında bir alan adı yok.</translation>
    </message>
    <message>
        <source>Check the part of the address after the @.</source>
        <translation>Adresin @ işaretinden sonrasını denetleyin.</translation>
    </message>
    <message>
        <source>%1 takes no mail.</source>
        <translation>%1 posta kabul etmiyor.</translation>
    </message>
    <message>
        <source>%1 lets no other mail program read your mail.</source>
        <translation>%1 postanızı başka bir programın okumasına izin vermiyor.</translation>
    </message>
    <message>
        <source>You can only use it with the provider&apos;s own program or web site.</source>
        <translation>Yalnızca sağlayıcının kendi programı ya da web sitesiyle kullanabilirsiniz.</translation>
    </message>
    <message>
        <source>You stopped the search.</source>
        <translation>Aramayı durdurdunuz.</translation>
    </message>
    <message>
        <source>Start it again whenever you like, or enter the servers by hand.</source>
        <translation>Yeniden başlatabilir ya da sunucuları elle yazabilirsiniz.</translation>
    </message>
    <message>
        <source>Find the server</source>
        <translation>Sunucuyu bul</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Bağlan</translation>
    </message>
    <message>
        <source>Secure the connection</source>
        <translation>Bağlantıyı güvenli yap</translation>
    </message>
    <message>
        <source>Ask for encryption</source>
        <translation>Şifreleme iste</translation>
    </message>
    <message>
        <source>Hear its greeting</source>
        <translation>Selamını al</translation>
    </message>
    <message>
        <source>Ask what it can do</source>
        <translation>Yeteneklerini sor</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Giriş yap</translation>
    </message>
    <message>
        <source>List the folders</source>
        <translation>Klasörleri listele</translation>
    </message>
    <message>
        <source>Ask whether you may send</source>
        <translation>Gönderme iznini sor</translation>
    </message>
    <message>
        <source>Nothing answers on port %1 of this computer.</source>
        <translation>Bu bilgisayarın %1 numaralı portunda yanıt veren yok.</translation>
    </message>
    <message>
        <source>List the mail</source>
        <translation>İletileri listele</translation>
    </message>
    <message>
        <source>%1 did not let Postacı into the mailbox with this sign-in.</source>
        <translation>%1, bu girişle Postacı’yı posta kutusuna almadı.</translation>
    </message>
    <message>
        <source>Sign in again and choose the right account in the browser. The mailbox may also be closed to mail programs; then its provider or administrator has to open it.</source>
        <translation>Yeniden giriş yapın ve tarayıcıda doğru hesabı seçin. Posta kutusu e-posta programlarına kapalı da olabilir; o zaman sağlayıcısının ya da yöneticisinin açması gerekir.</translation>
    </message>
    <message>
        <source>Mail is downloaded to this computer; other devices don&apos;t see what you do with it here.</source>
        <translation>Posta bu bilgisayara iner; burada yaptıklarınızı öteki cihazlar görmez.</translation>
    </message>
    <message>
        <source>Mail stays on the server; all your devices show the same.</source>
        <translation>Posta sunucuda kalır; bütün cihazlarınızda aynısı görünür.</translation>
    </message>
</context>
<context>
    <name>postaci::SetupWizard</name>
    <message>
        <source>Set up an account</source>
        <translation>Hesap ekle</translation>
    </message>
    <message>
        <source>Set up by &amp;hand</source>
        <translation>&amp;Elle ayarla</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>İptal</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Geri</translation>
    </message>
    <message>
        <source>Test mail from Postacı</source>
        <translation>Postacı deneme iletisi</translation>
    </message>
    <message>
        <source>Postacı sent this mail to see whether sending and receiving work. It is removed by itself; if it is still here, you can delete it.</source>
        <translation>Postacı bu iletiyi gönderme ve almanın çalıştığını görmek için gönderdi. Kendiliğinden silinir; hâlâ buradaysa silebilirsiniz.</translation>
    </message>
    <message>
        <source>Change an account</source>
        <translation>Hesap değiştirme</translation>
    </message>
</context>
<context>
    <name>postaci::SignInPages</name>
    <message>
        <source>You are signed in</source>
        <translation>Giriş yapıldı</translation>
    </message>
    <message>
        <source>You can close this page and go back to Postacı.</source>
        <translation>Bu sayfayı kapatıp Postacı’ya dönebilirsiniz.</translation>
    </message>
    <message>
        <source>Signing in did not work</source>
        <translation>Giriş yapılamadı</translation>
    </message>
    <message>
        <source>Go back to Postacı; it says why, and you can try again there.</source>
        <translation>Postacı’ya dönün: nedenini orada görür, yeniden deneyebilirsiniz.</translation>
    </message>
</context>
<context>
    <name>postaci::SourceWindow</name>
    <message>
        <source>Save message</source>
        <translation>İletiyi kaydet</translation>
    </message>
    <message>
        <source>message</source>
        <translation>ileti</translation>
    </message>
    <message>
        <source>The file could not be written.</source>
        <translation>Dosya yazılamadı.</translation>
    </message>
    <message>
        <source>Message source</source>
        <translation>İleti kaynağı</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Farklı kaydet…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Kapat</translation>
    </message>
</context>
<context>
    <name>postaci::StatusLine</name>
    <message>
        <source>Working offline</source>
        <translation>Çevrimdışı çalışılıyor</translation>
    </message>
    <message>
        <source>Waiting for the password</source>
        <translation>Şifre bekleniyor</translation>
    </message>
    <message>
        <source>Waiting for your sign-in</source>
        <translation>Girişiniz bekleniyor</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Bağlı değil</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Bağlanılıyor…</translation>
    </message>
    <message>
        <source>Reading the list of folders…</source>
        <translation>Klasör listesi okunuyor…</translation>
    </message>
    <message>
        <source>Getting messages: %1 of %2</source>
        <translation>İletiler alınıyor: %1 / %2</translation>
    </message>
    <message>
        <source>Getting messages…</source>
        <translation>İletiler alınıyor…</translation>
    </message>
    <message>
        <source>Getting texts for offline reading: %1 of %2</source>
        <translation>Çevrimdışı okumak için metinler alınıyor: %1 / %2</translation>
    </message>
    <message>
        <source>Getting texts for offline reading…</source>
        <translation>Çevrimdışı okumak için metinler alınıyor…</translation>
    </message>
    <message>
        <source>Telling the server about your changes…</source>
        <translation>Değişiklikleriniz sunucuya bildiriliyor…</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Gönderiliyor…</translation>
    </message>
    <message>
        <source>Up to date</source>
        <translation>Güncel</translation>
    </message>
    <message>
        <source>Status: %1</source>
        <translation>Durum: %1</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>İlerleme</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Durdur</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Duraklatıldı</translation>
    </message>
    <message>
        <source>Sending: %1 of %2</source>
        <translation>Gönderiliyor: %1 / %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln change(s) refused</source>
        <translation>
            <numerusform>%Ln değişiklik reddedildi</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln change(s) waiting</source>
        <translation>
            <numerusform>%Ln değişiklik bekliyor</numerusform>
        </translation>
    </message>
    <message>
        <source>Shows the changes that wait or were refused</source>
        <translation>Bekleyen ya da reddedilen değişiklikleri gösterir</translation>
    </message>
</context>
<context>
    <name>postaci::SyncBox</name>
    <message numerus="yes">
        <source>every %n minute(s)</source>
        <translation>
            <numerusform>%n dakikada bir</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the last %n day(s)</source>
        <translation>
            <numerusform>son %n gün</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;New mail</source>
        <translation>&amp;Yeni posta</translation>
    </message>
    <message>
        <source>When new mail is looked for</source>
        <translation>Yeni postaya ne zaman bakılacağı</translation>
    </message>
    <message>
        <source>At once, where the server announces it</source>
        <translation>Sunucu haber veriyorsa anında</translation>
    </message>
    <message>
        <source>At intervals</source>
        <comment>new mail is looked for</comment>
        <translation>Belirli aralıklarla</translation>
    </message>
    <message>
        <source>Only when I check for it</source>
        <translation>Yalnızca ben denetleyince</translation>
    </message>
    <message>
        <source>Postacı stays connected. Other folders, and servers that announce nothing, are looked at every few minutes.</source>
        <translation>Postacı bağlı kalır. Öteki klasörlere ve haber vermeyen sunuculara birkaç dakikada bir bakılır.</translation>
    </message>
    <message>
        <source>In between, Postacı is not connected.</source>
        <translation>Aralarda Postacı bağlı değildir.</translation>
    </message>
    <message>
        <source>Postacı connects when you check for mail, open a message that is not here, or change something.</source>
        <translation>Postacı; postayı denetlediğinizde, burada olmayan bir iletiyi açtığınızda ya da bir şeyi değiştirdiğinizde bağlanır.</translation>
    </message>
    <message>
        <source>Interval between two looks for new mail</source>
        <translation>Yeni postaya iki bakış arasındaki süre</translation>
    </message>
    <message>
        <source>Keep for &amp;offline</source>
        <translation>Çevrim&amp;dışı için</translation>
    </message>
    <message>
        <source>Which messages are kept for reading offline</source>
        <translation>Çevrimdışı okumak için hangi iletilerin saklanacağı</translation>
    </message>
    <message>
        <source>Recent messages</source>
        <translation>Son iletiler</translation>
    </message>
    <message>
        <source>Messages of the last days</source>
        <translation>Son günlerin iletileri</translation>
    </message>
    <message>
        <source>All messages</source>
        <translation>Bütün iletiler</translation>
    </message>
    <message>
        <source>Only messages that I have opened</source>
        <translation>Yalnızca açtığım iletiler</translation>
    </message>
    <message>
        <source>Days of which messages are kept for reading offline</source>
        <translation>İletileri çevrimdışı okumak için saklanan gün sayısı</translation>
    </message>
</context>
<context>
    <name>postaci::TargetMenu</name>
    <message>
        <source>On this computer</source>
        <translation>Bu bilgisayarda</translation>
    </message>
</context>
<context>
    <name>postaci::WorkQueueWindow</name>
    <message>
        <source>&amp;Dismiss</source>
        <translation>&amp;Listeden kaldır</translation>
    </message>
    <message>
        <source>Take &amp;back</source>
        <translation>&amp;Geri al</translation>
    </message>
    <message>
        <source>Takes it off this list</source>
        <translation>Bu listeden çıkarır</translation>
    </message>
    <message>
        <source>It does not happen, and you see it undone</source>
        <translation>Yapılmaz; yaptığınız geri alınmış görünür</translation>
    </message>
    <message>
        <source>That did not work. %1</source>
        <translation>Bu olmadı. %1</translation>
    </message>
    <message>
        <source>Nothing has changed on the server; what you see is as it is there.</source>
        <translation>Sunucuda hiçbir şey değişmedi; burada gördüğünüz oradaki gibidir.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln action(s) selected</source>
        <translation>
            <numerusform>%Ln değişiklik seçili</numerusform>
        </translation>
    </message>
    <message>
        <source>Waiting changes</source>
        <translation>Bekleyen değişiklikler</translation>
    </message>
    <message>
        <source>Nothing is waiting</source>
        <translation>Bekleyen bir şey yok</translation>
    </message>
    <message>
        <source>What you do is shown at once, and stays here until the server knows of it.</source>
        <translation>Yaptıklarınız hemen görünür; sunucu öğrenene kadar da burada durur.</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Değişiklik</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Hesap</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zaman</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Durum</translation>
    </message>
    <message>
        <source>&amp;Try again now</source>
        <translation>Şimdi &amp;yeniden dene</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Kapat</translation>
    </message>
</context>
</TS>
