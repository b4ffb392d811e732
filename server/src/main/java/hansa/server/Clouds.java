package hansa.server;

import hansa.cloud.CloudDriver;
import hansa.cloud.CloudName;
import hansa.cloud.Setting;
import hansa.cloud.Settings;
import hansa.federation.accounts.Vouchers;
import hansa.federation.sites.CloudSettings;
import hansa.federation.sites.OpenedCloud;
import hansa.kernel.base.Nearest;
import hansa.kernel.config.Configuration;
import hansa.kernel.config.ConfigurationException;
import hansa.kernel.config.SecretText;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the drivers and opens the configured clouds with them. */
final class Clouds {

    private final Map<String, CloudDriver> drivers;
    private final SecretText secrets;
    private final Optional<Vouchers> vouchers;

    private Clouds(Map<String, CloudDriver> drivers, SecretText secrets, Optional<Vouchers> vouchers) {
        this.drivers = drivers;
        this.secrets = secrets;
        this.vouchers = vouchers;
    }

    static Clouds of(Iterable<CloudDriver> found, SecretText secrets, Optional<Vouchers> vouchers) {
        Map<String, CloudDriver> drivers = new TreeMap<>();
        found.forEach(driver -> drivers.put(driver.name(), driver));
        return new Clouds(drivers, secrets, vouchers);
    }

    static Clouds onClassPath(SecretText secrets, Optional<Vouchers> vouchers) {
        return of(ServiceLoader.load(CloudDriver.class), secrets, vouchers);
    }

    /**
     * Opens a cloud; does not wait for it.
     *
     * @throws ConfigurationException if there is no such driver, or it does not take a setting
     */
    OpenedCloud open(Configuration.CloudEntry entry, DataFolder data, Clock clock)
            throws ConfigurationException, IOException {
        CloudDriver driver = drivers.get(entry.driver());
        String key = "clouds." + entry.name() + ".";
        if (driver == null) {
            String meant = Nearest.to(entry.driver(), drivers.keySet())
                    .map(nearest -> "; did you mean " + nearest + "?")
                    .orElse("");
            throw new ConfigurationException("\"" + key + "driver\" is \"" + entry.driver()
                    + "\"; there are the drivers " + String.join(", ", drivers.keySet()) + meant);
        }
        try {
            List<Setting> ours = ours(driver);
            Map<String, String> values = values(entry, driver, ours);
            Map<String, String> kept = new TreeMap<>();
            ours.forEach(setting -> Optional.ofNullable(values.remove(setting.key()))
                    .ifPresent(value -> kept.put(setting.key(), value)));
            Settings settings = Settings.of(driver.settings(), values);
            CloudSettings said = said(driver, settings, kept);
            CloudName name = new CloudName(entry.name());
            return new OpenedCloud(
                    entry.driver(),
                    driver.open(
                            name,
                            settings,
                            new CloudDriver.Surroundings(
                                    data.folder("clouds", entry.name()), clock, vouchers.map(known -> known.at(name)))),
                    said,
                    Profiles.of(entry.place()));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    "The cloud " + entry.name() + " (driver " + entry.driver() + "): " + e.getMessage(), e);
        }
    }

    /** The keys that every cloud has, but for those that the driver understands in its own way. */
    private static List<Setting> ours(CloudDriver driver) {
        return CloudSettings.SETTINGS.stream()
                .filter(setting -> !has(driver, setting.key()))
                .toList();
    }

    private static boolean has(CloudDriver driver, String key) {
        return driver.settings().stream().anyMatch(setting -> setting.key().equals(key));
    }

    private static CloudSettings said(CloudDriver driver, Settings settings, Map<String, String> kept) {
        CloudSettings said = CloudSettings.of(Settings.of(CloudSettings.SETTINGS, kept));
        if (has(driver, CloudSettings.TIME_LIMIT)) {
            said = said.withoutTimeLimit();
        }
        return has(driver, CloudSettings.CALLS)
                ? said.withCalls(Math.clamp(settings.number(CloudSettings.CALLS), 1, 1000))
                : said;
    }

    private Map<String, String> values(Configuration.CloudEntry entry, CloudDriver driver, List<Setting> ours)
            throws ConfigurationException {
        Map<String, Setting> known = Stream.concat(driver.settings().stream(), ours.stream())
                .collect(Collectors.toMap(Setting::key, setting -> setting));
        Map<String, String> values = new TreeMap<>();
        for (Map.Entry<String, Configuration.CloudSetting> set :
                entry.settings().entrySet()) {
            String name = "clouds." + entry.name() + "." + set.getKey();
            Setting setting = known.get(set.getKey());
            if (setting == null) {
                String meant = Nearest.to(set.getKey(), known.keySet())
                        .map(nearest -> "; did you mean \"clouds." + entry.name() + "." + nearest + "\"?")
                        .orElse("; docs/drivers.md lists the keys of each driver");
                throw new ConfigurationException(set.getValue().place() + ": the driver " + entry.driver()
                        + " has no key \"" + name + "\"" + meant);
            }
            values.put(set.getKey(), value(setting, set.getValue(), name));
        }
        return values;
    }

    private String value(Setting setting, Configuration.CloudSetting set, String name) throws ConfigurationException {
        if (setting.type() != Setting.Type.SECRET) {
            return set.value();
        }
        try {
            return secrets.resolve(set.value());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(set.place() + ": \"" + name + "\": " + e.getMessage(), e);
        }
    }
}
