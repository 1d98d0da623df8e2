using System.Text.RegularExpressions;
using k8s.Models;
using MsaAspire.Aspirate.Manifests;
using MsaAspire.Aspirate.Settings;

namespace MsaAspire.Aspirate.Planning;

/// <summary>Rejects settings that Kubernetes would reject later, or that would have no effect.</summary>
internal static partial class SettingsCheck
{
    private const int MostDrainSeconds = 3600, MostPercent = 1000;

    public static void Check(Manifest manifest, AspirateSettings settings)
    {
        CheckNulls("containers", settings.Containers);
        Ensure(settings.Containers.PullSecret is not { } secret || Names.IsDnsName(secret), "containers.pullSecret", "is no name of a Secret");
        Ensure(settings.Containers.Tag is not { } tag || IsTag(tag), "containers.tag", "is no tag of an image");
        CheckOverlay("", manifest, settings, below: null);
        foreach (var (name, overlay) in settings.Overlays)
        {
            Ensure(
                OverlayName.IsMatch(name), "overlays",
                $"has the name \"{name}\", which is none for a folder: letters in lower case, digits and hyphens");
            Ensure(overlay is not null, $"overlays.{name}", "is null");
            CheckOverlay($"overlays.{name}.", manifest, overlay!, settings);
        }
    }

    /// <summary>A tag that registries accept.</summary>
    public static bool IsTag(string text) => Tag.IsMatch(text);

    private static void CheckOverlay(string where, Manifest manifest, OverlaySettings overlay, AspirateSettings? below)
    {
        Ensure(overlay.Tag is not { } tag || IsTag(tag), $"{where}tag", "is no tag of an image");
        Ensure(overlay.Ingress?.Host is not { } host || Names.IsDnsName(host), $"{where}ingress.host", "is no host name");
        Ensure(overlay.Ingress?.TlsSecret is not { } secret || Names.IsDnsName(secret), $"{where}ingress.tlsSecret", "is no name of a Secret");
        Ensure(overlay.Ingress?.Annotations?.Values.Contains(null!) != true, $"{where}ingress.annotations", "has a value that is null");
        foreach (var (name, resource) in overlay.Resources)
        {
            var at = $"{where}resources.{name}";
            Ensure(manifest.Find(name) is ComputeResource, at, "names no resource of the app model that runs");
            Ensure(resource is not null, at, "is null");
            CheckValues(at, resource!);
            if (below is not null)
                CheckOverlaid(at, resource!);
        }
    }

    private static void CheckValues(string where, ResourceSettings settings)
    {
        CheckNulls(where, settings);
        Ensure(settings.Replicas is null or >= 0, $"{where}.replicas", "is less than 0");
        Ensure(settings.Autoscale is not { } scale || scale.Min >= 1 && scale.Max >= scale.Min && scale.CpuPercent is >= 1 and <= MostPercent,
            $"{where}.autoscale", "must have 1 <= min <= max and a cpuPercent between 1 and 1000");
        Ensure(settings.User is null or > 0, $"{where}.user", "must be the number of a user other than root");
        Ensure(settings.DrainSeconds is null or (>= 0 and <= MostDrainSeconds), $"{where}.drainSeconds", $"must be between 0 and {MostDrainSeconds}");
        Ensure(settings.Probes is not { StartSeconds: < 1 }, $"{where}.probes.startSeconds", "must be 1 or more");
        Ensure(settings.Probes?.Command is not { Count: 0 }, $"{where}.probes.command", "is empty");
        Ensure(settings.Host is not { } host || Names.IsDnsName(host), $"{where}.host", "is no host name");
        var writable = settings.Writable?.Select(path => path.TrimEnd('/')).ToList() ?? [];
        Ensure(
            writable.TrueForAll(path => path.StartsWith('/')) && writable.Distinct().Count() == writable.Count,
            $"{where}.writable", "must hold absolute paths, each once");
        CheckAmounts($"{where}.cpu", settings.Cpu);
        CheckAmounts($"{where}.memory", settings.Memory);
        Ensure(
            settings.Storage is not { } storage || Quantity(storage) > 0,
            $"{where}.storage", $"is \"{settings.Storage}\", which is no quantity such as 10Gi");
    }

    /// <summary>An overlay changes what differs between environments; other settings would have no effect.</summary>
    private static void CheckOverlaid(string where, ResourceSettings settings)
    {
        foreach (var (entry, value) in new (string, object?)[]
        {
            ("probes", settings.Probes), ("storage", settings.Storage), ("storageClass", settings.StorageClass),
            ("user", settings.User), ("writable", settings.Writable), ("egress", settings.Egress),
            ("environment", settings.Environment), ("arguments", settings.Arguments),
            ("baseImage", settings.BaseImage), ("drainSeconds", settings.DrainSeconds),
        })
        {
            Ensure(value is null, $"{where}.{entry}", "cannot differ in an overlay: only replicas, cpu, memory, autoscale and host can");
        }
    }

    private static void CheckAmounts(string where, Amounts? amounts)
    {
        if (amounts is null)
            return;
        Ensure(Quantity(amounts.Request) > 0, $"{where}.request", $"is \"{amounts.Request}\", which is no quantity such as 500m or 256Mi");
        Ensure(Quantity(amounts.Limit) > 0, $"{where}.limit", $"is \"{amounts.Limit}\", which is no quantity such as 500m or 256Mi");
        Ensure(Quantity(amounts.Request) <= Quantity(amounts.Limit), where, "asks for more than its limit");
    }

    /// <summary>JSON may contain a null in a list or a map despite C#'s nullable types.</summary>
    private static void CheckNulls(string where, ResourceSettings settings)
    {
        foreach (var (entry, list) in new[]
        {
            ("arguments", settings.Arguments), ("egress", settings.Egress), ("writable", settings.Writable),
            ("probes.command", settings.Probes?.Command), ("environment", settings.Environment?.Values.ToList()),
        })
        {
            Ensure(list?.Contains(null!) != true, $"{where}.{entry}", "has a value that is null");
        }
    }

    private static void CheckNulls(string where, ContainerSettings settings) =>
        Ensure(settings.Platforms?.Contains(null!) != true, $"{where}.platforms", "has a value that is null");

    private static decimal Quantity(string text)
    {
        try
        {
            return new ResourceQuantity(text).ToDecimal();
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException)
        {
            return 0;
        }
    }

    private static void Ensure(bool isRight, string where, string what)
    {
        if (!isRight)
        {
            throw new AspirateException(
                $"The setting {where} in {AspirateSettings.FileName} {what}. Correct it; aspirate.schema.json describes each entry.");
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tag { get; }

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9-]*[a-z0-9])?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OverlayName { get; }
}
