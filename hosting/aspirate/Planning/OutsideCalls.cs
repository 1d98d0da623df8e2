using System.Globalization;
using System.Text.RegularExpressions;
using MsaAspire.Aspirate.Manifests;
using MsaAspire.Aspirate.Settings;

namespace MsaAspire.Aspirate.Planning;

/// <summary>
/// What a workload calls outside the cluster: network policies have IP addresses and no names, so a URL such as
/// <c>https://api.example.org</c> in its environment allows that port to all addresses; the setting <c>egress</c> is more specific.
/// </summary>
internal static partial class OutsideCalls
{
    private static readonly string[] s_everywhere = ["0.0.0.0/0", "::/0"];

    public static IReadOnlyList<OutsideCall> Of(
        ComputeResource resource, ResourceSettings settings, Variables variables, IEnumerable<string> arguments)
    {
        if (settings.Egress is { } given)
            return [.. given.Select(e => Parse(resource, e))];
        if (variables.LeadsOutside)
            return [.. s_everywhere.Select(cidr => new OutsideCall(cidr, null))];
        var ports = variables.Config.Values.Concat(variables.Secrets.Values).Concat(arguments)
            .SelectMany(text => Address.Matches(text))
            // A name in the cluster has no dot, and loopback does not leave the pod.
            .Where(m => m.Groups["host"].Value.Contains('.', StringComparison.Ordinal)
                && !m.Groups["host"].Value.StartsWith("127.", StringComparison.Ordinal))
            .Select(m => m.Groups["port"].Success
                ? int.Parse(m.Groups["port"].Value, CultureInfo.InvariantCulture)
                : m.Groups["scheme"].Value.ToLowerInvariant() switch
            {
                "http" or "ws" => 80,
                _ => 443,
            })
            .Where(port => port is > 0 and <= 65535).Distinct().Order();
        return [.. from port in ports from cidr in s_everywhere select new OutsideCall(cidr, port)];
    }

    /// <summary><c>10.1.0.0/16</c> or <c>10.1.0.0/16:5432</c>; a version 6 address in brackets where a port follows.</summary>
    private static OutsideCall Parse(ComputeResource resource, string text)
    {
        var match = Entry.Match(text);
        return match.Success && System.Net.IPNetwork.TryParse(match.Groups["cidr"].Value, out var network)
            && (!match.Groups["port"].Success || int.TryParse(match.Groups["port"].Value, out var p) && p is > 0 and <= 65535)
            ? new(network.ToString(), match.Groups["port"].Success ? int.Parse(match.Groups["port"].Value, CultureInfo.InvariantCulture) : null)
            : throw new AspirateException(
                $"The settings of \"{resource.Name}\" allow egress to \"{text}\", which is no network such as 10.1.0.0/16:5432. "
                + $"Correct {AspirateSettings.FileName}.");
    }

    [GeneratedRegex(@"\b(?<scheme>https?|wss?|amqps?|tcp|rediss?|mongodb)://([^/\s@]*@)?(?<host>[A-Za-z0-9.-]+)(:(?<port>\d{1,5}))?",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address { get; }

    [GeneratedRegex(@"^(\[(?<cidr>[0-9a-fA-F:/]+)\]|(?<cidr>[0-9./]+)|(?<cidr>[0-9a-fA-F:]+/\d+))(:(?<port>\d{1,5}))?\z",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Entry { get; }
}
