package org.irisgraph.document.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import java.io.ByteArrayInputStream;
import java.util.Map;
import org.irisgraph.document.ReadFailure;
import org.irisgraph.document.SourcePart;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReaderTest {

  private final CsvReader reader = new CsvReader(CsvLayout.DEFAULT);

  @Test
  void takesEachRecordForADocument() {
    Collected read = read("id,title,text,year\na,T,one,2024\r\n7,,two,\n");
    assertThat(read.unreadable, is(empty()));
    assertThat(
        read.documents,
        contains(
            new Document(
                "a",
                new Origin("/corpus/file", 1, 42),
                "T\n\none",
                Map.of("title", "T", "year", "2024")),
            new Document("7", new Origin("/corpus/file", 2, 42), "two", Map.of())));
  }

  @Test
  void takesLineBreaksDelimitersAndQuotesWithinQuotes() {
    Collected read =
        read(
            "\"id\",\"text\"\n"
                + "a,\"one,\r\n"
                + "two \"\"three\"\"\n\n"
                + " four\"\n"
                + "b, \"five\" \n"
                + "c,\"\"\"six\"");
    assertThat(read.unreadable, is(empty()));
    assertThat(
        read.documents.stream().map(Document::text).toList(),
        contains("one,\r\ntwo \"three\"\n\n four", " \"five\" ", "\"six"));
    assertThat(read.documents.get(1).origin().position(), is(2L));
  }

  @Test
  void takesTheColumnsThatTheLayoutNames() {
    CsvReader named = new CsvReader(new CsvLayout("PMID", "Abstract", "Headline", ';'));
    Document document =
        Collected.read(named, "Abstract;text;Headline;PMID\nwords, words;more;H;12\n").document();
    assertThat(document.id(), is("12"));
    assertThat(document.text(), is("H\n\nwords, words"));
    assertThat(document.metadata(), is(Map.of("title", "H", "text", "more")));
  }

  @Test
  void takesATabInFilesThatSaySo() {
    SourcePart part = new SourcePart("/corpus/A.TSV.gz", "A.TSV", 0, 0, 1000);
    Collected collected = new Collected();
    reader.read(
        part, new ByteArrayInputStream("id\ttext\n1\tone, two\n".getBytes(UTF_8)), collected);
    assertThat(collected.document().text(), is("one, two"));
  }

  @Test
  void endsARecordAtAnyEndOfLine() {
    assertThat(read("id,text\ra,x\r\rb,y\r\nc,z\n\n\n").ids(), contains("a", "b", "c"));
  }

  @Test
  void ignoresEmptyRows() {
    Collected read = read("\n\nid,text,n\na,x,1\n\n,,\n  \nb,y,2\n,,\n");
    assertThat(read.unreadable, is(empty()));
    assertThat(read.ids(), contains("a", "b"));
    assertThat(read.documents.get(1).origin().position(), is(4L));
  }

  @Test
  void namesColumnsWithoutAName() {
    Document document = read(",id, text ,\n0,a,x,\n").document();
    assertThat(document.metadata(), is(Map.of("column 1", "0")));
  }

  @Test
  void deliversNothingOfAHeaderAlone() {
    Collected read = read("id,text\n");
    assertThat(read.documents, is(empty()));
    assertThat(read.unreadable, is(empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\r\n"})
  void refusesAnEmptyFile(String content) {
    Collected.Unreadable failure = read(content).failure();
    assertThat(failure.code(), is("BAD_HEADER"));
    assertThat(failure.position(), is(0L));
    assertThat(failure.message(), containsString("the file is empty"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "key,text|the first line, \"key, text\", has no column \"id\": if it is a header, set"
            + " csvIdColumn to one of its names; else add a header",
        "key,body,n|the first line, \"key, body, n\", has no column \"id\" and no column \"text\": if it"
            + " is a header, set csvIdColumn and csvTextColumn to names of it; else add a header",
        "id,body,n|the first line, \"id, body, n\", has no column \"text\": if it is a header, set"
            + " csvTextColumn",
        "id;text|the header has the column \"id;text\" alone, and none \"id\" and \"text\"; set csvIdColumn"
            + " and csvTextColumn, or csvDelimiter",
        "id,text,id|the header has the column \"id\" twice",
        "id,\"text|the first line is no header: a quote is not closed where its field ends",
        "id,te\0xt|the header has characters that no text may have: te\\u0000xt",
      })
  void saysWhatIsWrongWithAHeader(String header, String message) {
    Collected.Unreadable failure = read(header + "\na,x\n").failure();
    assertThat(failure.code(), is("BAD_HEADER"));
    assertThat(failure.position(), is(0L));
    assertThat(failure.message(), containsString(message));
  }

  @Test
  void missesATitleOnlyIfItIsNamed() {
    CsvReader named = new CsvReader(new CsvLayout("id", "text", "Headline", (char) 0));
    assertThat(
        Collected.read(named, "id,text\na,x\n").failure().message(),
        startsWith("the first line, \"id, text\", has no column \"Headline\": "));
  }

  @Test
  void refusesAHeaderThatIsNone() {
    String huge = "word ".repeat(20_000);
    assertThat(
        Collected.read(
                reader, new ByteArrayInputStream((huge + "\na,x").getBytes(UTF_8)), 1_000_000)
            .failure()
            .message(),
        is("the first line is longer than 65536 bytes, and so no header"));
    assertThat(
        Collected.read(reader, Collected.latin1("id,t\u00e4xt\na,b")).failure().code(),
        is("NOT_UTF8"));
  }

  @Test
  void namesTheRecordThatIsBrokenAndReadsOn() {
    Collected read =
        Collected.read(
            reader,
            Collected.latin1(
                """
                id,text,n
                a,x,1
                b,y
                c,z,3,4
                 ,w,5
                d, ,6
                e,\u00e4,7
                f,"a\0b",8
                g,v,\0
                h,u,10
                """));
    assertThat(read.ids(), contains("a", "h"));
    assertThat(
        read.codes(),
        contains(
            "BAD_RECORD",
            "BAD_RECORD",
            "BAD_ID",
            "BLANK_TEXT",
            "NOT_UTF8",
            "INVALID_CHARACTERS",
            "INVALID_CHARACTERS"));
    assertThat(
        read.unreadable.stream().map(Collected.Unreadable::position).toList(),
        contains(2L, 3L, 4L, 5L, 6L, 7L, 8L));
    assertThat(
        read.unreadable.get(0).message(),
        is(
            "record 2: 2 fields, but the header has 3; a field with a delimiter or a line break in"
                + " it must be quoted"));
    assertThat(read.unreadable.get(3).documentId(), is("d"));
  }

  @Test
  void refusesALongRecordAndReadsOn() {
    String exactly = "b," + "x".repeat(Collected.MAX_BYTES - 2);
    Collected read =
        read(
            "id,text\n\""
                + "a\n".repeat(600)
                + "\",x\n"
                + exactly
                + "\r\n"
                + exactly
                + "x\nd,x\n\"e\",\""
                + "x\n".repeat(50_000)
                + "\"\nf,x");
    assertThat(read.ids(), contains("b", "d", "f"));
    assertThat(read.codes(), contains("TOO_LARGE", "TOO_LARGE", "TOO_LARGE"));
    assertThat(read.unreadable.get(2).position(), is(5L));
    assertThat(
        read.unreadable.get(2).message(),
        is("record 5: larger than 1000 bytes; raise the option maxDocumentBytes to read it"));
    assertThat(ReadFailure.breaksOff(read.unreadable.get(2).failure(), 5, true), is(false));
  }

  @Test
  void findsTheNextRecordAfterAQuoteThatIsNeverClosed() {
    Collected read = read("id,text\na,x\nb,\"never closed\nc,y\nd,z");
    assertThat(read.ids(), contains("a", "c", "d"));
    assertThat(
        read.documents.stream().map(document -> document.origin().position()).toList(),
        contains(1L, 3L, 4L));
    assertThat(read.unreadable.get(0).position(), is(2L));
    assertThat(read.unreadable.get(0).documentId(), is(nullValue()));
    assertThat(
        read.unreadable.get(0).message(),
        is("record 2: the quote that opens on line 3 is never closed; line 3 is skipped"));
    assertThat(read.codes(), contains("BAD_QUOTES"));
  }

  @Test
  void takesWhatFollowsABrokenQuoteForOneRecordUntilTheColumnsFit() {
    Collected read =
        read(
            """
            id,text,n
            a,"He said "no" and
            left, "then
            there" was, peace",1
            b,"x
            y",2
            c,"z

            d,"w",4
            """);
    assertThat(read.ids(), contains("b", "d"));
    assertThat(read.codes(), contains("BAD_QUOTES", "BAD_QUOTES"));
    assertThat(
        read.unreadable.get(0).message(),
        is(
            "record 1: text follows the end of the quotes that open on line 2, where a quote must"
                + " be written twice; lines 2 to 4 are skipped"));
    assertThat(read.unreadable.get(1).message(), containsString("lines 7 to 8 are skipped"));
    assertThat(ReadFailure.breaksOff(read.unreadable.get(0).failure(), 1, true), is(true));
  }

  @Test
  void namesABrokenQuoteAtTheEnd() {
    assertThat(read("id,text\na,\"x").failure().message(), containsString("; line 2 is skipped"));
    assertThat(read("id,text\na,\"x\n").failure().message(), containsString("; line 2 is skipped"));
    assertThat(
        read("id,text\na,\"x\"y").failure().message(), containsString("; line 2 is skipped"));
  }

  @Test
  void countsFromTheFirstRecordOfItsPart() {
    Collected collected = new Collected();
    SourcePart part = new SourcePart("/corpus/file", "file", 0, 65, 1000);
    reader.read(part, new ByteArrayInputStream("id,text\na,x\nb\n".getBytes(UTF_8)), collected);
    assertThat(collected.documents.get(0).origin().position(), is(65L));
    assertThat(collected.unreadable.get(0).position(), is(66L));
  }

  @Test
  void keepsCharactersThatParsersUseForThemselves() {
    Collected read = read("id,text\na,\\n#\uFFFF\n#b,\\\"x\n");
    assertThat(read.documents.get(0).text(), is("\\n#\uFFFF"));
    assertThat(read.documents.get(1).text(), is("\\\"x"));
    assertThat(read.ids(), contains("a", "#b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,text\uFFFE", "a,\"text\uFFFE\"", "a,te\uFFFEnxt"})
  void refusesTheCharacterThatItsParserTakesForAnEscape(String record) {
    Collected read = read("id,text\n" + record + "\nb,text\n");
    assertThat(read.ids(), contains("b"));
    assertThat(read.unreadable.get(0).failure().code(), is("BAD_RECORD"));
    assertThat(read.unreadable.get(0).failure().message(), containsString("U+FFFE"));
  }

  @Test
  void takesATitleForTheTextIfTheLayoutSaysSo() {
    CsvReader titles = new CsvReader(new CsvLayout("id", "title", "title", ','));
    assertThat(Collected.read(titles, "id,title\na,Fever\n").document().text(), is("Fever"));
  }

  private Collected read(String content) {
    return Collected.read(reader, content);
  }
}
