package hansa.cloud.kit;

/**
 * What all parts of the kit need. A driver's test implements the interfaces of the kit, all of them, also those for
 * facets that its clouds do not have, and gives the cloud to try:
 *
 * <pre>{@code
 * @TestInstance(TestInstance.Lifecycle.PER_CLASS)
 * final class MyCloudConformanceTest
 *         implements CloudConformance, VolumesConformance, VolumeCopiesConformance, NetworksConformance,
 *                 SnapshotsConformance, ImageStoreConformance, ConsoleConformance, ResizingConformance, AccountsConformance,
 *                 AdoptionConformance, HostAffinityConformance, UsageConformance {
 *
 *     private final CloudUnderTest cloud = new CloudUnderTest(…);
 *
 *     public CloudUnderTest subject() {
 *         return cloud;
 *     }
 *
 *     @AfterAll
 *     void cleanUp() {
 *         cloud.close();
 *     }
 * }
 * }</pre>
 */
public interface Conformance {

    /** The same one for all tests of the class. */
    CloudUnderTest subject();
}
