package org.irisgraph.iris.wire;

/**
 * A message that the driver sent.
 *
 * @param type its two letters, as in {@code PU}
 * @param sql the statement it is about as the driver wrote it, its literals replaced by {@code
 *     :%qpar(n)}; empty where there is none
 * @param rows how many rows of parameters it carries
 * @param fastInsert whether its rows are in the layout of Fast Insert
 */
public record LoggedMessage(String type, String sql, int rows, boolean fastInsert) {}
