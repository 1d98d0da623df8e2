using System.Text.RegularExpressions;
using k8s.Models;
using MsaAspire.Aspirate.Manifests;
using MsaAspire.Aspirate.Settings;

namespace MsaAspire.Aspirate.Planning;

/// <summary>Rejects settings that Kubernetes would reject later, or that would have no effect.</summary>
internal static partial class SettingsCheck
{
    private const int MostDrainSeconds = 3600;

    public static void Check(Manifest manifest, AspirateSettings settings)
    {
        CheckNulls("containers", settings.Containers);
        Require(settings.Containers.PullSecret is not { } secret || Names.IsDnsName(secret), "containers.pullSecret", "is no name of a Secret");
        Require(settings.Containers.Tag is not { } tag || IsTag(tag), "containers.tag", "is no tag of an image");
        CheckOverlay("", manifest, settings, below: null);
        foreach (var (name, overlay) in settings.Overlays)
        {
            Require(
                OverlayName.IsMatch(name), "overlays",
                $"has the name \"{name}\", which is none for a folder: letters in lower case, digits and hyphens");
            Require(overlay is not null, $"overlays.{name}", "is null");
            CheckOverlay($"overlays.{name}.", manifest, overlay!, settings);
        }
    }

    /// <summary>A tag that registries accept.</summary>
    public static bool IsTag(string text) => Tag.IsMatch(text);

    private static void CheckOverlay(string where, Manifest manifest, OverlaySettings overlay, AspirateSettings? below)
    {
        Require(overlay.Tag is not { } tag || IsTag(tag), $"{where}tag", "is no tag of an image");
        Require(overlay.Ingress?.Host is not { } host || Names.IsDnsName(host), $"{where}ingress.host", "is no host name");
        Require(overlay.Ingress?.TlsSecret is not { } secret || Names.IsDnsName(secret), $"{where}ingress.tlsSecret", "is no name of a Secret");
        Require(overlay.Ingress?.Annotations?.Values.Contains(null!) != true, $"{where}ingress.annotations", "has a value that is null");
        foreach (var (name, resource) in overlay.Resources)
        {
            var at = $"{where}resources.{name}";
            Require(manifest.Find(name) is ComputeResource, at, "names no resource of the app model that runs");
            Require(resource is not null, at, "is null");
            CheckValues(at, resource!);
            if (below is not null)
                CheckOverlaid(at, resource!);
        }
    }

    private static void CheckValues(string where, ResourceSettings settings)
    {
        CheckNulls(where, settings);
        Require(settings.Replicas is null or >= 0, $"{where}.replicas", "is less than 0");
        Require(settings.Autoscale is not { } scale || scale.Min >= 1 && scale.Max >= scale.Min && Quantity(scale.Cpu) > 0,
            $"{where}.autoscale", "must have 1 <= min <= max and a cpu such as 500m");
        Require(settings.User is null or > 0, $"{where}.user", "must be the number of a user other than root");
        Require(settings.DrainSeconds is null or (>= 0 and <= MostDrainSeconds), $"{where}.drainSeconds", $"must be between 0 and {MostDrainSeconds}");
        Require(settings.Probes is not { StartSeconds: < 1 }, $"{where}.probes.startSeconds", "must be 1 or more");
        Require(settings.Probes?.Command is not { Count: 0 }, $"{where}.probes.command", "is empty");
        Require(settings.Host is not { } host || Names.IsDnsName(host), $"{where}.host", "is no host name");
        var writable = settings.Writable?.Select(path => path.TrimEnd('/')).ToList() ?? [];
        Require(
            writable.TrueForAll(path => path.StartsWith('/')) && writable.Distinct().Count() == writable.Count,
            $"{where}.writable", "must hold absolute paths, each once");
        CheckAmounts($"{where}.cpu", settings.Cpu);
        CheckAmounts($"{where}.memory", settings.Memory);
        Require(
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
            Require(value is null, $"{where}.{entry}", "cannot differ in an overlay: only replicas, cpu, memory, autoscale and host can");
        }
    }

    private static void CheckAmounts(string where, Amounts? amounts)
    {
        if (amounts is null)
            return;
        Require(Quantity(amounts.Request) > 0, $"{where}.request", $"is \"{amounts.Request}\", which is no quantity such as 500m or 256Mi");
        Require(Quantity(amounts.Limit) > 0, $"{where}.limit", $"is \"{amounts.Limit}\", which is no quantity such as 500m or 256Mi");
        Require(Quantity(amounts.Request) <= Quantity(amounts.Limit), where, "asks for more than its limit");
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
            Require(list?.Contains(null!) != true, $"{where}.{entry}", "has a value that is null");
        }
    }

    private static void CheckNulls(string where, ContainerSettings settings) =>
        Require(settings.Platforms?.Contains(null!) != true, $"{where}.platforms", "has a value that is null");

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

    private static void Require(bool condition, string where, string what)
    {
        if (!condition)
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
