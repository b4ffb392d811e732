package hansa.kernel.jobs;

import java.time.Duration;

/**
 * How jobs are run.
 *
 * @param lease after how long without a sign of life the jobs of a node are taken over by others
 * @param poll how often other nodes' new jobs are looked for; this node's own are seen at once
 * @param firstPause wait after the first failed attempt; doubles with each further one
 * @param longestPause bound of that wait
 * @param drain how long {@link Jobs#close} lets running jobs finish before it interrupts them
 */
record JobSettings(Duration lease, Duration poll, Duration firstPause, Duration longestPause, Duration drain) {

    static final JobSettings DEFAULT = new JobSettings(
            Duration.ofSeconds(60),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofMinutes(5),
            Duration.ofSeconds(20));
}
