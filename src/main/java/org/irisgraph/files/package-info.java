/** Finds, opens and writes files, local and through Beam's file systems. */
package org.irisgraph.files;
