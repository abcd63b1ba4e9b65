/**
 * The command line: one class for each command, and what only a terminal needs, the progress and
 * the set-up of logging.
 */
package org.irisgraph.cli;
