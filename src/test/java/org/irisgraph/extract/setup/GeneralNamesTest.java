package org.irisgraph.extract.setup;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.either;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.irisgraph.extract.Documents;
import org.irisgraph.extract.ExtractedGraph;
import org.irisgraph.graph.Entity;
import org.irisgraph.graph.Mention;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the bundled general model and its patterns find in texts of different kinds. */
class GeneralNamesTest {

  private static final Path TEXTS = Path.of("src/test/resources/general-texts");

  private static Extractors general;

  @BeforeAll
  static void load() throws IOException {
    general = extractors("general");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          contract.txt   | PERSON       | James T. Whitfield; Pieter de Vries
          contract.txt   | ORGANIZATION | Blue Harbor Logistics LLC; Vandermeer Shipping N.V.
          contract.txt   | LOCATION     | San Francisco; California; Netherlands; Rotterdam
          contract.txt   | DATE         | January 5, 2023; February 1, 2023; January 31, 2026
          contract.txt   | MONEY        | $12,500.00
          contract.txt   | PERCENT      | 3.5%; 8 percent
          court.txt      | ORGANIZATION | ACME WIDGETS, INC.; Hartman & Reyes LLP
          cv.txt         | LOCATION     | Lagos; Nigeria; Berlin
          cv.txt         | ORGANIZATION | Imperial College London; University of Lagos
          cv.txt         | DATE         | Jan 2012; Dec 2013; 2010
          incident.md    | ORGANIZATION | TerminalOps B.V.; Port of Rotterdam Authority; Kröller Stahl GmbH
          incident.md    | URL          | https://wiki.terminalops.example/incidents/2024-07
          incident.md    | MONEY        | € 85,000
          mail.txt       | PERSON       | Anna Schmidt; Tom Baker; Claire Dubois; Peter
          mail.txt       | EMAIL        | anna.schmidt@heliotech.de
          mail.txt       | MONEY        | EUR 4.2 million
          minutes.txt    | PERSON       | Helen Ortiz; Fatima Khan
          news.txt       | PERSON       | Peter Wennink; Joe Biden
          news.txt       | LOCATION     | Veldhoven; Taiwan; South Korea; China
          table.csv      | DATE         | 2023-11-02; 02/11/2023; 3 Nov 2023
          table.csv      | PERSON       | Hank Scorpio; Bill Lumbergh
          ticket.txt     | PERSON       | Sarah Connolly; Rajesh Patel; Maria Lopez
          ticket.txt     | ORGANIZATION | Acme Cloud Services, Inc.
          ticket.txt     | PERCENT      | 40%
          transcript.txt | PERSON       | Jane Smith; Robert Chen; Linda Park
          wiki.txt       | ORGANIZATION | Democratic Party; Columbia University
          """)
  void findsTheNamesOfAText(String file, String type, String names) throws IOException {
    assertThat(found(file, type), hasItems(names.split("; ")));
  }

  @Test
  void noNameGoesOnOverTheEndOfASentenceOrShortLine() throws IOException {
    assertThat(
        found(
            "Thanks\nVince\nTraci\n\nHe met Jonathan Carroll. Miller was late.", "PERSON", general),
        allOf(
            hasItem("Jonathan Carroll"),
            not(hasItem(either(containsString("\n")).or(containsString(". "))))));
  }

  @Test
  void aNumberWithinAnotherOneIsNoYear() throws IOException {
    assertThat(
        found("Call 713.837.1638 or 3-5290, it costs 0.1954 in room 4711.", "DATE", general),
        empty());
  }

  @Test
  void aNumberOfManyPartsIsNoDate() throws IOException {
    assertThat(
        found(
            """
            Also, Mark from Deloitte would like to join by Zoom. His number is +49 151 2345678.
            Please pay to Danske Bank, IBAN DK50 0040 0440 1162 43, BIC DABADKKK.
            Apply until 15 June 2025: Julia Brandt, jobs@helio.example, Tel. +49 (0)89 1234-567
            """,
            "DATE",
            general),
        contains("15 June 2025"));
  }

  @Test
  void aLineOfALogHasItsDate() throws IOException {
    assertThat(
        found(
            """
            2026-03-14 09:12:33,120 INFO  [main] c.a.billing.InvoiceJob - Starting job for Globex
            2026-03-14 09:12:35,002 WARN  [pool-1] c.a.billing.Mailer - Delivery failed: refused
            """,
            "DATE",
            general),
        everyItem(is("2026-03-14")));
  }

  @Test
  void capitalsOfAHeadingAreNoMonth() throws IOException {
    assertThat(
        found("TO WHOM IT MAY CONCERN\n\nWe met in MAY 2025 in Ohio.", "DATE", general),
        contains("MAY 2025"));
  }

  @Test
  void aNameHasNoPictographsAtItsEnds() throws IOException {
    assertThat(
        found(
            """
            [12:05] Sara Whitcombe: it's jammed again 😂 calling Canon support
            [12:06] mike_92: btw Amazon delivered ur parcel
            [12:07] jenny: thx!! back on Monday, im in Barcelona w/ Tom rn 🌴
            """,
            general),
        not(hasItem(containsString("🌴"))));
  }

  @Test
  void noNameGoesOnOverABullet() throws IOException {
    assertThat(
        found(
            """
            Your Profile
            * 5+ years of experience with Java and Spring Boot
            * Fluent English, good German
            * Degree in Computer Science or similar
            """,
            general),
        not(hasItem(containsString("*"))));
  }

  @Test
  void aMonthAloneIsADateUnlessAPersonHasItsName() throws IOException {
    assertThat(
        found("Could we start earlier? April is too late for us.", general),
        contains("DATE April"));
    assertThat(
        found("Then April Jones lived in Berlin. April was late.", "PERSON", general),
        hasItems("April Jones", "April"));
  }

  @Test
  void aPartyOfAContractIsAPersonOnlyIfTheModelHasLearnedIt() throws IOException {
    assertThat(
        found(
            "The Borrower shall repay the loan. The Assignor shall notify the Borrower, and the"
                + " Assignor warrants to the Borrower that it has title.",
            "PERSON",
            general),
        is(List.of("Borrower", "Borrower", "Borrower")));
  }

  @Test
  void noNameGoesOnOverTheCellsOfATable() throws IOException {
    String cells =
        """
        Region,Customer,Order Date,Ship Mode,Amount,Status
        North,Brightwater Foods,2024-02-03,First Class,1250.00,Paid
        South,Green Valley Hospital,2024-02-17,Second Class,12400.00,Pending
        """;
    String columns = "Data Engineer, Telstra, Melbourne                July 2016 - February 2021\n";

    assertThat(
        found(cells + columns, general),
        allOf(
            hasItems("ORGANIZATION Brightwater Foods", "DATE 2024-02-03", "LOCATION Melbourne"),
            hasItems("DATE 2024-02-17", "DATE July 2016"),
            not(hasItem(either(containsString(",")).or(containsString("\n"))))));
  }

  @Test
  void noNameGoesOnInALineThatADateOrTimeBegins() throws IOException {
    assertThat(
        found(
            """
            06/2015 - 08/2023  Charge Nurse, St. David's Medical Center, Austin
            01/2011 - 05/2015  Staff Nurse, Hospital Clínic de Barcelona, Spain
            """,
            general),
        allOf(hasItem("DATE 01/2011"), not(hasItem(containsString("\n")))));
  }

  @Test
  void noNameGoesOnOverASemicolonOfATable() throws IOException {
    assertThat(found("Name;Department;City;Salary", general), not(hasItem(containsString(";"))));
  }

  @Test
  void aDateHasNoHeadingCodeOrHour() throws IOException {
    assertThat(
        found(
            """
            MINUTES OF THE BOARD MEETING
            Held on 9 October 2024 about invoice INV-2024-0917, opened 14 Mar 2025 09:12.
            MARCHETTI v COASTAL FREIGHT PTY LTD [2023] NSWCA 118
            """,
            "DATE",
            general),
        contains("9 October 2024", "14 Mar 2025", "2023"));
  }

  @Test
  void findsDatesWithoutYearOrDay() throws IOException {
    assertThat(
        found("Due by 1 November. Paid on March 3rd, from 03/2021, for 12 May.", "DATE", general),
        contains("1 November", "March 3rd", "03/2021", "12 May"));
  }

  @Test
  void noNameGoesOnOverAMarkOfAQuotationOrMarkup() throws IOException {
    assertThat(
        found(
            """
            <v Wanjiru>Yes, in South Sudan, together with Étienne Girard.
            > Cascade is $11.20.
            > Hello Gareth, greetings from Wales.
            """,
            general),
        allOf(
            hasItems("LOCATION South Sudan", "PERSON Gareth", "LOCATION Wales"),
            not(hasItem(either(containsString(">")).or(containsString("<"))))));
  }

  @Test
  void noNameGoesOnOverTheEndOfASentenceAfterAnAcronym() throws IOException {
    assertThat(
        found(
            "It is approved by the FDA. Author: Dr. Wendt. He went to DHL. Fatma came from INC."
                + " Then Grab PTE. LTD. of St. Louis paid.",
            general),
        allOf(
            hasItems("LOCATION St. Louis"),
            not(hasItem(either(containsString("FDA. ")).or(containsString("DHL. "))))));
  }

  @Test
  void aWordAloneOfWhichTheModelIsNotSureIsNoPerson() throws IOException {
    String text = "Start Grafana with Docker Compose. Kubernetes users find a chart. ";

    assertThat(found(text, "PERSON", general), not(hasItem("Grafana")));
    assertThat(
        found("Hi Grafana,\n\nthanks. Best regards\nAnna Grafana", "PERSON", general),
        hasItems("Grafana", "Anna Grafana"));
  }

  @Test
  void findsCompaniesOfManyCountries() throws IOException {
    for (String company :
        List.of(
            "Müller GmbH & Co. KG",
            "Trumpf SE + Co. KG",
            "Café Lumière SARL",
            "Kazakh Minerals JSC",
            "Cerámicas del Norte S.L.",
            "Anadolu Tekstil A.Ş.",
            "Grab Pte Ltd",
            "Infosys Pvt. Ltd.",
            "Zalora Sdn Bhd",
            "Nokia Oyj",
            "Allegro Sp. z o.o.",
            "Škoda a.s.")) {
      assertThat(
          found(
              "It was paid (\"" + company + "\"). By " + company + " it was.",
              "ORGANIZATION",
              general),
          contains(company, company));
    }
  }

  @Test
  void findsAmountsInManyCurrencies() throws IOException {
    assertThat(
        found("HUF 980,000, KRW 5 trillion, KES 300 and 42 UAH for COP 26.", "MONEY", general),
        contains("HUF 980,000", "KRW 5 trillion", "KES 300", "42 UAH"));
  }

  @Test
  void findsNoAmountsAndCompaniesInMedicalTexts() throws IOException {
    String text =
        "We used 12 RUBBER GLOVES (RSD 2.1 %, CLP 24 h); blood group AB patients took low-dose ASA."
            + " The ASA score was 2.";

    assertThat(found(text, "MONEY", general), empty());
    assertThat(
        found(text, "ORGANIZATION", general),
        not(
            hasItem(
                either(containsString("AB")).or(startsWith("The ")).or(containsString("dose")))));
  }

  @Test
  void findsYearsOfAnEraAndDurationsInLetters() throws IOException {
    assertThat(
        found(
            "In 35 AD, and AD 51, it fell; after seventy years, or twenty-three months of a"
                + " two-day course, a two-year-old child came one day. In 44 BC.",
            "DATE",
            general),
        contains("35 AD", "AD 51", "seventy years", "twenty-three months", "two-day", "44 BC"));
  }

  @Test
  void anAmountEndsWithItsMagnitude() throws IOException {
    assertThat(
        found("It cost $1.2M, then €30K, then $4 billion.", "MONEY", general),
        contains("$1.2M", "€30K", "$4 billion"));
  }

  @Test
  void aStreetAfterItsNumberIsAPlace() throws IOException {
    assertThat(
        found(
            "a company registered in England and Wales with its registered office at 14 Mill Lane",
            general),
        hasItem("LOCATION Mill Lane"));
  }

  @Test
  void mentionsOfAPersonAreOneEntity() throws IOException {
    List<String> persons =
        general
            .graphExtractor()
            .extract(Documents.of(Files.readString(TEXTS.resolve("news.txt"))))
            .entities()
            .stream()
            .filter(entity -> entity.type().equals("PERSON"))
            .map(Entity::name)
            .toList();

    assertThat(persons, containsInAnyOrder("Peter Wennink", "Joe Biden"));
  }

  @Test
  void mentionsOfAPersonAreOneEntityFarApart() throws IOException {
    String text =
        "Peter Wennink told it to reporters.\n"
            + "Nothing was said about it then.\n".repeat(4000)
            + "Mr. Wennink told it to reporters.";

    assertThat(
        general.extractor().extract(Documents.of(text)).stream().map(Mention::name).toList(),
        contains("Peter Wennink", "Peter Wennink"));
  }

  @Test
  void bothModelsShareADocument() throws IOException {
    Extractors both = extractors("both");

    assertThat(
        found("Dr Maria Lopez of Pfizer in Boston treats seizures with diazepam.", both),
        hasItems("PERSON Maria Lopez", "LOCATION Boston", "DISEASE seizures", "DRUG diazepam"));
    assertThat(both.fingerprint(), is(not(general.fingerprint())));
  }

  /** Dates and amounts are in most sentences: linked with everything they would say nothing. */
  @Test
  void linksPeopleOrganizationsAndPlacesButNoValues() throws IOException {
    ExtractedGraph graph =
        general
            .graphExtractor()
            .extract(
                Documents.of("Peter Wennink of ASML went to Taiwan in March 2021 for $5 million."));
    Set<String> linked =
        graph.relationships().stream()
            .flatMap(link -> List.of(link.sourceEntityId(), link.targetEntityId()).stream())
            .collect(Collectors.toSet());

    assertThat(
        graph.entities().stream().map(Entity::type).toList(),
        containsInAnyOrder("PERSON", "ORGANIZATION", "LOCATION", "DATE", "MONEY"));
    assertThat(
        graph.entities().stream()
            .filter(entity -> linked.contains(entity.id()))
            .map(Entity::type)
            .toList(),
        containsInAnyOrder("PERSON", "ORGANIZATION", "LOCATION"));
  }

  private static List<String> found(String file, String type) throws IOException {
    return found(Files.readString(TEXTS.resolve(file)), type, general);
  }

  private static List<String> found(String text, String type, Extractors extractors) {
    return found(text, extractors).stream()
        .filter(name -> name.startsWith(type + " "))
        .map(name -> name.substring(type.length() + 1))
        .toList();
  }

  private static List<String> found(String text, Extractors extractors) {
    return extractors.extractor().extract(Documents.of(text)).stream()
        .map((Mention mention) -> mention.type() + " " + mention.text())
        .toList();
  }

  private static Extractors extractors(String... names) throws IOException {
    return Extractors.load(
        ExtractionSettings.builder(List.of("ner"))
            .nameModels(NameModels.of(Arrays.asList(names)))
            .maxRelationshipsPerSentence(100)
            .build(),
        location -> {
          throw new IOException("no file is needed: " + location);
        });
  }
}
