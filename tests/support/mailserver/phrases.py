# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the people of a made-up mailbox are called and write about. All domains are reserved ones (RFC 2606)."""

GIVEN = """Ayşe Fatma Emine Hatice Zeynep Elif Meryem Şerife Zehra Gülsüm Özlem Çiğdem Işıl Şule Gökçe Nazlı Tuğba Ülkü
Mehmet Mustafa Ahmet Ali Hüseyin Hasan İbrahim İsmail Osman Yusuf Murat Ömer Çağrı Barış Doğukan Oğuz Ümit Iğdır Şükrü
Alice Bob Søren Renée Miguel Niamh 健 美咲 Юрий Ольга Γιώργος""".split()
FAMILY = """Yılmaz Kaya Demir Çelik Şahin Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Kılıç Çetin Koç Kurt Özkan
Şimşek Güneş Işık Üstün Ağaoğlu Smith Müller García Dubois O'Neill Jensen Tanaka Petrov Papadopoulos""".split()
SHOPS = ["Çarşı Pazar", "Kitapyurdu Örnek", "Hızlı Kargo", "Şehir Bankası", "Mavi Elektrik A.Ş.", "Gökyüzü Havayolları",
         "Example Books", "Northwind News", "İstanbul Kültür", "Üçyüzaltmış Teknoloji"]
PEOPLE_DOMAINS = ["posta.example", "mail.example", "ofis.example.org", "okul.example.net", "dev.example.com"]
SHOP_DOMAINS = ["bulten.example", "magaza.example", "banka.example", "news.example.org", "kargo.example.net"]

TALK = ["Toplantı notları", "Yarınki toplantı", "Bütçe taslağı {n}", "İzin talebi", "Öğle yemeği?", "Özgeçmiş",
        "Çeviri dosyaları", "Sözleşmenin son hâli", "Ağustos raporu", "Fotoğraflar", "Şirket içi eğitim hakkında",
        "Proje takvimi ve iş bölümü: ikinci çeyrekte kimin neyi ne zaman bitireceği üzerine öneriler", "Kısa bir soru",
        "Weekly report {n}", "Draft agenda", "Question about the invoice", "Review of chapter {n}", "Lunch on Friday?"]
LIST = ["[gelistirme] {n} numaralı hata", "[gelistirme] Sürüm takvimi", "[devel] Patch {n}: fix the build",
        "[devel] Re-thinking the cache", "[duyuru] Sunucu bakımı"]
NOTICE = ["Siparişiniz kargoya verildi (#{n})", "Faturanız hazır: {n}", "Ödeme hatırlatması", "Hesap özetiniz",
          "Şifreniz değiştirildi", "Giriş denemesi engellendi", "Your order {n} has shipped", "Invoice {n} is available",
          "Uçuş kartınız – {n}", "Randevu onayı"]
NEWS = ["Haftanın kitapları: {n} öneri", "Bu hafta İstanbul'da neler var?", "Yaz indirimi başladı ☀️", "Bülten {n}",
        "Müşterilerimize özel: %{n} indirim!", "This week in northern cities", "Five things to read, no. {n}"]

TURKISH = """Toplantıyı perşembe günü saat on dörde aldık.
Ekteki dosyayı inceleyip görüşünü yazar mısın?
Geçen haftaki notları da ekledim, eksik varsa söyle.
İlgin için teşekkürler, iyi çalışmalar dilerim.
Yarın ofiste değilim ama telefonla ulaşabilirsin.
Bütçe kalemlerinin çoğu onaylandı, yalnızca ulaşım gideri bekliyor.
Çizimlerin son hâlini akşama kadar gönderirim.
Ağrı'daki şube de aynı soruyu sormuştu.
Sözleşmenin üçüncü maddesini yeniden yazmamız gerekiyor.
Görüşmek üzere, sevgiler.
Kargo şubesi paketin yola çıktığını söylüyor.
Bu konuyu önümüzdeki hafta konuşalım, acelesi yok.
Iğdır seferi için bilet kalmamış, Kars üzerinden bakıyorum.
Lütfen ödemeyi ay sonuna kadar tamamlayın.
Öğleden sonra arayıp bilgi veririm.""".split("\n")
ENGLISH = """The numbers for March are in the second sheet.
I am not sure that the old server still answers.
Could you check whether the invoice was paid?
We should agree on the names before we write the code.
Thank you for the quick answer, that helped a lot.
Let us meet at the station, the café on the left.
The draft is nearly done, only the last chapter is missing.
Nothing is urgent here, take your time.
Please find the signed copy attached.
I moved the date by one week, as you asked.""".split("\n")
LANGUAGES = [
    {"greeting": "Merhaba,", "wrote": "12 Mayıs 2026 günü Ayşe Yılmaz şunları yazdı:", "sentences": TURKISH},
    {"greeting": "Hello,", "wrote": "On 12 May 2026 Ayşe Yılmaz wrote:", "sentences": ENGLISH},
]

# Attachment names, and what their content type says.
FILES = [("rapor.pdf", "application/pdf"), ("Özgeçmiş ığüşöç.pdf", "application/pdf"), ("fotoğraf.jpg", "image/jpeg"),
         ("bütçe 2026.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), ("notes.txt", "text/plain"),
         ("sözleşme – son hâli.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
         ("çizimler.zip", "application/zip"), ("logo.png", "image/png")]
