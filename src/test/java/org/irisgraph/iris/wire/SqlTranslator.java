package org.irisgraph.iris.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rewrites the server's SQL, in the form in which the driver sends it, as H2's. By patterns and not
 * by a parser: it knows what an indexer of documents says, and leaves everything else alone.
 */
final class SqlTranslator {
  private static final int CASE = Pattern.CASE_INSENSITIVE;
  private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"");
  private static final Pattern MASKED = Pattern.compile("\u0001(\\d+)\u0002");
  private static final Pattern MARKER = Pattern.compile(":%qpar\\(\\d+\\)");
  private static final Pattern NO_CHECK = Pattern.compile("%NOCHECK\\b", CASE);
  private static final Pattern HINT =
      Pattern.compile("%(NOLOCK|NOCHECK|NOINDEX|NOTRIGGER|NOJOURN|NOFPLAN)\\b", CASE);
  private static final Pattern UPSERT =
      Pattern.compile(
          "INSERT\\s+OR\\s+UPDATE\\s+(?:INTO\\s+)?([^\\s(]+(?:\\s*\\.\\s*[^\\s(]+)?)"
              + "\\s*\\(([^)]*)\\)\\s*VALUES\\b",
          CASE);
  private static final Pattern EXACT = Pattern.compile("%EXACT\\s*\\(([^()]*)\\)", CASE);
  private static final Pattern TO_VECTOR =
      Pattern.compile(
          "\\bTO_VECTOR\\s*\\(([^,()]+),\\s*(?:FLOAT|DOUBLE|DECIMAL)\\s*(,[^()]+)?\\)", CASE);
  private static final Pattern VECTOR_FUNCTION =
      Pattern.compile("\\b(VECTOR_DOT_PRODUCT|VECTOR_COSINE)\\s*\\(", CASE);
  private static final Pattern CATALOG =
      Pattern.compile("\\bINFORMATION_SCHEMA\\s*\\.\\s*(COLUMNS|INDEXES)\\b", CASE);
  private static final Pattern PROPERTIES =
      Pattern.compile("%Dictionary\\s*\\.\\s*CompiledProperty\\b", CASE);
  private static final Pattern DEFINITION = Pattern.compile("(CREATE|ALTER)\\s+TABLE\\b", CASE);
  private static final Pattern NEW_TABLE =
      Pattern.compile("CREATE\\s+TABLE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?(\\w+)\\s*\\.", CASE);
  private static final Pattern NEW_INDEX =
      Pattern.compile("(CREATE\\s+(?:UNIQUE\\s+)?INDEX\\s.*?\\bON\\s+)TABLE\\s+(.*)", CASE);
  private static final Pattern INDEX_KIND =
      Pattern.compile("\\s+AS\\s+\\w+\\s*(\\(.*\\))?\\s*$", CASE);
  private static final Pattern CONSTANT = Pattern.compile("(SELECT\\s+)\\?\\s*", CASE);
  private static final Pattern UPKEEP = Pattern.compile("(BUILD\\s+INDEX|TUNE\\s+TABLE)\\b", CASE);

  private final Function<String, List<List<String>>> uniqueKeys;

  /**
   * @param uniqueKeys the columns of a table's unique constraints, those of the primary key first
   */
  SqlTranslator(Function<String, List<List<String>>> uniqueKeys) {
    this.uniqueKeys = uniqueKeys;
  }

  String translate(String sql) {
    List<String> quoted = new ArrayList<>();
    String bare = QUOTED.matcher(sql.strip()).replaceAll(match -> mask(match, quoted));
    bare = MARKER.matcher(bare).replaceAll("?");
    bare = upsert(bare);
    bare = HINT.matcher(bare).replaceAll("");
    bare = EXACT.matcher(bare).replaceAll("CAST($1 AS VARCHAR)");
    bare = TO_VECTOR.matcher(bare).replaceAll(BackingDatabase.SCHEMA + ".TO_VECTOR($1$2)");
    bare = VECTOR_FUNCTION.matcher(bare).replaceAll(BackingDatabase.SCHEMA + ".$1(");
    bare = CATALOG.matcher(bare).replaceAll(BackingDatabase.SCHEMA + ".$1");
    bare = PROPERTIES.matcher(bare).replaceAll(BackingDatabase.SCHEMA + ".COMPILED_PROPERTY");
    Matcher constant = CONSTANT.matcher(bare);
    if (constant.matches()) {
      bare = constant.group(1) + "CAST(? AS VARCHAR)";
    }
    if (UPKEEP.matcher(bare).lookingAt()) {
      bare = "ANALYZE";
    }
    if (DEFINITION.matcher(bare).lookingAt()) {
      bare = TypeNames.translate(withSchema(bare));
    }
    Matcher index = NEW_INDEX.matcher(bare);
    if (index.matches()) {
      bare = INDEX_KIND.matcher(index.group(1) + index.group(2)).replaceFirst("");
    }
    return MASKED
        .matcher(bare)
        .replaceAll(
            match -> Matcher.quoteReplacement(quoted.get(Integer.parseInt(match.group(1)))));
  }

  private static String mask(MatchResult match, List<String> quoted) {
    quoted.add(match.group());
    return "\u0001" + (quoted.size() - 1) + "\u0002";
  }

  /**
   * INSERT OR UPDATE as MERGE on the first unique constraint whose columns are all given.
   * Documented: with %NOCHECK it is a plain INSERT.
   */
  private String upsert(String sql) {
    boolean unchecked = NO_CHECK.matcher(sql).find();
    Matcher upsert = UPSERT.matcher(HINT.matcher(sql).replaceAll(""));
    if (!upsert.lookingAt()) {
      return sql;
    }
    String table = upsert.group(1).replaceAll("\\s", "");
    List<String> given =
        Arrays.stream(upsert.group(2).split(",")).map(SqlTranslator::normalised).toList();
    List<List<String>> keys = unchecked ? List.of() : uniqueKeys.apply(table);
    for (List<String> key : keys) {
      if (given.containsAll(key.stream().map(SqlTranslator::normalised).toList())) {
        return "MERGE INTO %s (%s) KEY (%s) VALUES%s"
            .formatted(table, upsert.group(2), String.join(", ", key), upsert.replaceFirst(""));
      }
    }
    return "INSERT INTO %s (%s) VALUES%s"
        .formatted(table, upsert.group(2), upsert.replaceFirst(""));
  }

  /** Documented: a schema comes into being with its first table. */
  private static String withSchema(String sql) {
    Matcher table = NEW_TABLE.matcher(sql);
    return table.lookingAt() ? "CREATE SCHEMA IF NOT EXISTS " + table.group(1) + "; " + sql : sql;
  }

  private static String normalised(String column) {
    return column.strip().toLowerCase(Locale.ROOT);
  }
}
