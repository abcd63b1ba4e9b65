package org.irisgraph.document.format;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.irisgraph.document.format.OfficeFiles.bytes;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;

/** PDF files, good ones and bad ones. */
public final class PdfFiles {

  private PdfFiles() {}

  /** A PDF with a page for each text. */
  public static byte[] pdf(String title, String... pages) {
    return bytes(
        out -> {
          try (PDDocument document = pages(title, pages)) {
            document.save(out);
          }
        });
  }

  private static PDDocument pages(String title, String... pages) throws IOException {
    PDDocument document = new PDDocument();
    document.getDocumentInformation().setTitle(title);
    document.getDocumentInformation().setAuthor("A. Author");
    for (String text : pages) {
      PDPage page = new PDPage();
      document.addPage(page);
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        content.beginText();
        content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
        content.newLineAtOffset(50, 700);
        content.setLeading(14);
        for (String line : text.split("\n", -1)) {
          content.showText(line);
          content.newLine();
        }
        content.endText();
      }
    }
    return document;
  }

  /** A PDF that opens with a user's password, or without if that is empty. */
  public static byte[] protectedPdf(String userPassword, String text) {
    return bytes(
        out -> {
          try (PDDocument document = pages("Locked", text)) {
            StandardProtectionPolicy policy =
                new StandardProtectionPolicy("owner", userPassword, new AccessPermission());
            policy.setEncryptionKeyLength(128);
            document.protect(policy);
            document.save(out);
          }
        });
  }

  /** A PDF of ten pages without a letter. */
  public static byte[] scannedPdf() {
    return bytes(
        out -> {
          try (PDDocument document = new PDDocument()) {
            for (int i = 0; i < 10; i++) {
              document.addPage(new PDPage());
            }
            document.save(out);
          }
        });
  }

  /** A PDF of some kilobytes whose forms, each drawing the next ten times, take centuries. */
  public static byte[] endlessPdf() {
    return bytes(
        out -> {
          try (PDDocument document = new PDDocument()) {
            PDFormXObject drawn = form(document, "", null);
            for (int depth = 0; depth < 20; depth++) {
              drawn = form(document, "/Fm Do\n".repeat(10), drawn);
            }
            PDPage page = new PDPage();
            document.addPage(page);
            page.setResources(drawing(drawn));
            PDStream content = new PDStream(document);
            try (OutputStream stream = content.createOutputStream()) {
              stream.write("/Fm Do\n".getBytes(US_ASCII));
            }
            page.setContents(content);
            document.save(out);
          }
        });
  }

  private static PDFormXObject form(PDDocument document, String content, PDFormXObject drawn)
      throws IOException {
    PDFormXObject form = new PDFormXObject(document);
    form.setBBox(new PDRectangle(10, 10));
    form.setResources(drawn == null ? new PDResources() : drawing(drawn));
    try (OutputStream stream = form.getContentStream().createOutputStream()) {
      stream.write(content.getBytes(US_ASCII));
    }
    return form;
  }

  private static PDResources drawing(PDFormXObject form) {
    PDResources resources = new PDResources();
    resources.put(COSName.getPDFName("Fm"), form);
    return resources;
  }

  /** A PDF of half a megabyte with one word of so many megabytes. */
  public static byte[] hugePdf(int megabytes) {
    return bytes(
        out -> {
          try (PDDocument document = new PDDocument()) {
            PDPage page = new PDPage();
            document.addPage(page);
            PDStream content = new PDStream(document);
            byte[] letters = new byte[1 << 20];
            Arrays.fill(letters, (byte) 'a');
            try (OutputStream stream = content.createOutputStream(COSName.FLATE_DECODE)) {
              stream.write('(');
              for (int i = 0; i < megabytes; i++) {
                stream.write(letters);
              }
              stream.write(") Tj".getBytes(US_ASCII));
            }
            page.setContents(content);
            document.save(out);
          }
        });
  }
}
