using k8s.Models;
using MsaAspire.Aspirate.Manifests;
using MsaAspire.Aspirate.Settings;

namespace MsaAspire.Aspirate.Planning;

/// <summary>Refuses settings that Kubernetes would refuse later, or that nobody would read.</summary>
internal static class SettingsCheck
{
    public static void Check(Manifest manifest, AspirateSettings settings)
    {
        foreach (var (where, overlay) in settings.Overlays.Select(o => ($"overlays.{o.Key}.", o.Value)).Prepend(("", settings)))
        {
            foreach (var (name, resource) in overlay.Resources)
                Check($"{where}resources.{name}", manifest.Find(name), resource);
        }
    }

    private static void Check(string where, Resource? resource, ResourceSettings settings)
    {
        if (resource is not ComputeResource)
            throw Problem(where, "names no resource of the app model that runs");
        if (settings.Replicas is < 0)
            throw Problem($"{where}.replicas", "is less than 0");
        if (settings.Autoscale is { } scale && (scale.Min < 1 || scale.Max < scale.Min || scale.CpuPercent is < 1 or > 1000))
            throw Problem($"{where}.autoscale", "must have 1 <= min <= max and a cpuPercent between 1 and 1000");
        if (settings.User is <= 0)
            throw Problem($"{where}.user", "must be the number of a user other than root");
        if (settings.DrainSeconds is < 0 or > 3600)
            throw Problem($"{where}.drainSeconds", "must be between 0 and 3600");
        if (settings.Probes is { StartSeconds: < 1 })
            throw Problem($"{where}.probes.startSeconds", "must be 1 or more");
        foreach (var (entry, text) in new[] { ("cpu.request", settings.Cpu?.Request), ("cpu.limit", settings.Cpu?.Limit), ("memory.request", settings.Memory?.Request), ("memory.limit", settings.Memory?.Limit), ("storage", settings.Storage) })
        {
            if (text is not null && !IsQuantity(text))
                throw Problem($"{where}.{entry}", $"is \"{text}\", which is no quantity such as 500m or 256Mi");
        }
    }

    private static bool IsQuantity(string text)
    {
        try
        {
            return new ResourceQuantity(text).ToDecimal() > 0;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException)
        {
            return false;
        }
    }

    private static AspirateException Problem(string where, string what) => new($"The setting {where} in {AspirateSettings.FileName} {what}. Correct it; aspirate.schema.json describes each entry.");
}
