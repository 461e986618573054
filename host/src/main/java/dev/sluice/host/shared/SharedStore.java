package dev.sluice.host.shared;

import dev.sluice.abi.spi.SharedData;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The shared data of all VM ids. A VM id's values live as long as any bundle holds it.
///
/// Thread: any.
public final class SharedStore {
    private final Map<String, LiveSharedData> byVmId = new ConcurrentHashMap<>();

    /// Holds the values of `vmId`, which begin empty when nobody else does.
    public LiveSharedData hold(String vmId) {
        return byVmId.compute(
                vmId,
                (_, present) -> {
                    LiveSharedData data = present == null ? new LiveSharedData() : present;
                    data.holders++;
                    return data;
                });
    }

    /// Undoes one [#hold].
    public void release(String vmId) {
        byVmId.computeIfPresent(vmId, (_, data) -> --data.holders == 0 ? null : data);
    }

    /// What a bundle that is being admitted reads and writes: the live values, under its own
    /// changes.
    public static DraftSharedData draft(SharedData live) {
        return new DraftSharedData(live);
    }
}
