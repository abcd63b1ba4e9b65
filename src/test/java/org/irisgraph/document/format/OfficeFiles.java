package org.irisgraph.document.format;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.crypt.Encryptor;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xslf.usermodel.XSLFTextBox;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFTable;

/** Documents of office programs, books and mail, good ones and bad ones. */
public final class OfficeFiles {

  private OfficeFiles() {}

  /** Writes what a library makes. */
  @FunctionalInterface
  interface Written {
    void to(OutputStream out) throws IOException, GeneralSecurityException;
  }

  static byte[] bytes(Written written) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      written.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }

  public static byte[] docx(String title, String... paragraphs) {
    return bytes(
        out -> {
          try (XWPFDocument document = word(title, paragraphs)) {
            document.write(out);
          }
        });
  }

  private static XWPFDocument word(String title, String... paragraphs) {
    XWPFDocument document = new XWPFDocument();
    document.getProperties().getCoreProperties().setTitle(title);
    document.getProperties().getCoreProperties().setCreator("A. Author");
    for (String paragraph : paragraphs) {
      document.createParagraph().createRun().setText(paragraph);
    }
    return document;
  }

  /** A DOCX with a table of two cells. */
  public static byte[] docxTable(String left, String right) {
    return bytes(
        out -> {
          try (XWPFDocument document = word("Table")) {
            XWPFTable table = document.createTable(1, 2);
            table.getRow(0).getCell(0).setText(left);
            table.getRow(0).getCell(1).setText(right);
            document.write(out);
          }
        });
  }

  /** A DOCX that opens with a password. */
  public static byte[] encryptedDocx(String text) {
    return bytes(
        out -> {
          try (POIFSFileSystem container = new POIFSFileSystem();
              XWPFDocument document = word("Locked", text)) {
            Encryptor encryptor = new EncryptionInfo(EncryptionMode.agile).getEncryptor();
            encryptor.confirmPassword("secret");
            try (OutputStream stream = encryptor.getDataStream(container)) {
              document.write(stream);
            }
            container.writeFilesystem(out);
          }
        });
  }

  /** A DOCX of some kilobytes with so many millions of letters. */
  public static byte[] bombDocx(int millions) {
    String paragraph = "<w:p><w:r><w:t>%s</w:t></w:r></w:p>".formatted("gout ".repeat(2000));
    return zip(
        entry(
            "[Content_Types].xml",
            "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
                + "<Default Extension='rels'"
                + " ContentType='application/vnd.openxmlformats-package.relationships+xml'/>"
                + "<Override PartName='/word/document.xml' ContentType='application/vnd."
                + "openxmlformats-officedocument.wordprocessingml.document.main+xml'/></Types>"),
        entry(
            "_rels/.rels",
            "<Relationships"
                + " xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship"
                + " Id='r1'"
                + " Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument'"
                + " Target='word/document.xml'/></Relationships>"),
        zip -> {
          zip.putNextEntry(new ZipEntry("word/document.xml"));
          zip.write(
              ("<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
                      + "<w:body>")
                  .getBytes(UTF_8));
          for (int i = 0; i < millions * 100; i++) {
            zip.write(paragraph.getBytes(UTF_8));
          }
          zip.write("</w:body></w:document>".getBytes(UTF_8));
        });
  }

  public static byte[] pptx(String... slides) {
    return bytes(
        out -> {
          try (XMLSlideShow show = new XMLSlideShow()) {
            for (String text : slides) {
              XSLFTextBox box = show.createSlide().createTextBox();
              box.setAnchor(new java.awt.Rectangle(10, 10, 300, 100));
              box.setText(text);
            }
            show.write(out);
          }
        });
  }

  public static byte[] odt(String title, String... paragraphs) {
    StringBuilder body = new StringBuilder();
    for (String paragraph : paragraphs) {
      body.append("<text:p>").append(paragraph).append("</text:p>");
    }
    return zip(
        stored("mimetype", "application/vnd.oasis.opendocument.text"),
        entry(
            "meta.xml",
            "<office:document-meta xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'"
                + " xmlns:dc='http://purl.org/dc/elements/1.1/'><office:meta><dc:title>"
                + title
                + "</dc:title></office:meta></office:document-meta>"),
        entry(
            "content.xml",
            "<office:document-content"
                + " xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'"
                + " xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'>"
                + "<office:body><office:text>"
                + body
                + "</office:text></office:body></office:document-content>"));
  }

  public static byte[] epub(String title, String... chapters) {
    StringBuilder items = new StringBuilder();
    StringBuilder spine = new StringBuilder();
    ZipPart[] parts = new ZipPart[chapters.length + 3];
    for (int i = 0; i < chapters.length; i++) {
      items.append(
          "<item id='c%1$d' href='c%1$d.xhtml' media-type='application/xhtml+xml'/>".formatted(i));
      spine.append("<itemref idref='c%d'/>".formatted(i));
      parts[i + 3] =
          entry(
              "c%d.xhtml".formatted(i),
              "<html xmlns='http://www.w3.org/1999/xhtml'><head><title>no text</title></head><body>"
                  + "<p>%s</p></body></html>".formatted(chapters[i]));
    }
    parts[0] = stored("mimetype", "application/epub+zip");
    parts[1] =
        entry(
            "META-INF/container.xml",
            "<container version='1.0' xmlns='urn:oasis:names:tc:opendocument:xmlns:container'>"
                + "<rootfiles><rootfile full-path='book.opf'"
                + " media-type='application/oebps-package+xml'/></rootfiles></container>");
    parts[2] =
        entry(
            "book.opf",
            "<package xmlns='http://www.idpf.org/2007/opf' version='2.0'><metadata"
                + " xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>%s</dc:title>"
                    .formatted(title)
                + "<dc:language>en</dc:language></metadata><manifest>"
                + items
                + "</manifest><spine>"
                + spine
                + "</spine></package>");
    return zip(parts);
  }

  public static byte[] rtf(String title, String... paragraphs) {
    return "{\\rtf1\\ansi{\\info{\\title %s}}\n%s\\par\n}"
        .formatted(title, String.join("\\par\n", paragraphs))
        .getBytes(US_ASCII);
  }

  /** A mail with a body in two versions, and an attachment. */
  public static byte[] eml(String subject, String text) {
    return """
    From: Ann <ann@example.org>
    To: Bob <bob@example.org>
    Subject: %1$s
    Date: Mon, 2 Jun 2025 10:00:00 +0000
    MIME-Version: 1.0
    Content-Type: multipart/mixed; boundary="outer"

    --outer
    Content-Type: multipart/alternative; boundary="inner"

    --inner
    Content-Type: text/plain; charset=UTF-8
    Content-Transfer-Encoding: 8bit

    %2$s
    --inner
    Content-Type: text/html; charset=UTF-8
    Content-Transfer-Encoding: 8bit

    <html><body><p>%2$s</p></body></html>
    --inner--
    --outer
    Content-Type: text/plain; name="a.txt"
    Content-Disposition: attachment; filename="a.txt"

    The attachment.
    --outer--
    """
        .formatted(subject, text)
        .replace("\n", "\r\n")
        .getBytes(UTF_8);
  }

  /** The first half of a file. */
  public static byte[] half(byte[] file) {
    return Arrays.copyOf(file, file.length / 2);
  }

  /** Writes an entry of a ZIP file. */
  @FunctionalInterface
  interface ZipPart {
    void to(ZipOutputStream zip) throws IOException;
  }

  static ZipPart entry(String name, String content) {
    return zip -> {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content.getBytes(UTF_8));
    };
  }

  static ZipPart stored(String name, String content) {
    return zip -> {
      byte[] bytes = content.getBytes(UTF_8);
      ZipEntry entry = new ZipEntry(name);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(bytes.length);
      CRC32 crc = new CRC32();
      crc.update(bytes);
      entry.setCrc(crc.getValue());
      zip.putNextEntry(entry);
      zip.write(bytes);
    };
  }

  static byte[] zip(ZipPart... parts) {
    return bytes(
        out -> {
          try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (ZipPart part : parts) {
              part.to(zip);
            }
          }
        });
  }
}
