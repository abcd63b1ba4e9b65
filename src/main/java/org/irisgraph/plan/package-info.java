/** What the options mean for a run: judged once, turned into the values that the run works with. */
package org.irisgraph.plan;
