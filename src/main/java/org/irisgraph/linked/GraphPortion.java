package org.irisgraph.linked;

import java.io.Serializable;

/**
 * Some of the nodes, which one worker sums up while others sum up the rest.
 *
 * @param turn which the rebuild has taken for all of them
 */
public record GraphPortion(NodeRange nodes, int number, String turn) implements Serializable {}
