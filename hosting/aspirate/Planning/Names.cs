using System.Text.RegularExpressions;
using MsaAspire.Aspirate.Manifests;

namespace MsaAspire.Aspirate.Planning;

/// <summary>Valid Kubernetes names.</summary>
internal static partial class Names
{
    /// <summary>A StatefulSet adds <c>-</c> and a hash of ten characters to its name, in a label of 63.</summary>
    private const int Longest = 52;

    /// <summary>A Service's name is a DNS label, and so in lower case.</summary>
    /// <exception cref="AspirateException">No such name can be made, or two resources would get the same.</exception>
    public static IReadOnlyDictionary<string, string> Of(Manifest manifest)
    {
        var names = manifest.Compute.ToDictionary(r => r.Name, r => r.Name.ToLowerInvariant(), StringComparer.OrdinalIgnoreCase);
        foreach (var (resource, name) in names)
        {
            if (!DnsLabel.IsMatch(name) || name.Length > Longest)
            {
                throw new AspirateException(
                    $"The resource \"{resource}\" cannot be a Kubernetes Service: "
                    + $"its name must start with a letter, hold letters, digits and hyphens alone, and be no longer than {Longest} "
                    + "characters. Rename it in the app model.");
            }
        }

        return names;
    }

    /// <exception cref="AspirateException">A resource has the name of another resource's second Service.</exception>
    public static void CheckServices(IEnumerable<string> services)
    {
        var twice = services.GroupBy(s => s).FirstOrDefault(g => g.Skip(1).Any());
        if (twice is not null)
        {
            throw new AspirateException(
                $"The name \"{twice.Key}\" is used by a resource and by a second Service that another resource needs. "
                + "Rename the resource in the app model.");
        }
    }

    /// <summary>A name of an object, such as a Secret's or a host's.</summary>
    public static bool IsDnsName(string name) => name.Length <= 253 && name.Split('.').All(part => part.Length <= 63 && DnsPart.IsMatch(part));

    /// <summary>An environment variable's name as a key of a ConfigMap or Secret.</summary>
    public static string Variable(string resource, string name) => ConfigKey.IsMatch(name) && !IsYamlNull(name)
        ? name
        : throw new AspirateException(
            $"The resource \"{resource}\" has an environment variable \"{name}\", which cannot be a key of a ConfigMap. "
            + "Use letters, digits, '_', '-' and '.'; .NET reads '__' as ':'.");

    /// <summary>kustomize ignores a key of this name.</summary>
    private static bool IsYamlNull(string name) => name is "null" or "Null" or "NULL";

    /// <summary>A namespace given by the user.</summary>
    public static string Namespace(string name) => DnsLabel.IsMatch(name) && name.Length <= 63
        ? name
        : throw new AspirateException(
            $"\"{name}\" is no name for a namespace: letters in lower case, digits and hyphens, 63 at most. "
            + $"Give another with --namespace or in {Settings.AspirateSettings.FileName}.");

    /// <summary>The name of a port: 15 characters at most, a letter among them.</summary>
    public static string Port(string binding) =>
        binding.ToLowerInvariant() is var name && PortName.IsMatch(name) ? name : $"p-{Math.Abs(StableHash(binding)) % 1_000_000_000}";

    /// <summary>
    /// The part of a volume's name that is the user's: Aspire begins it with the AppHost's name and a hash of its path, which differs from
    /// clone to clone.
    /// </summary>
    public static string Volume(string name) =>
        AspirePrefix.Replace(name, "").ToLowerInvariant() is var rest && DnsLabel.IsMatch(rest) && rest.Length <= Longest
            ? rest
            : "data";

    private static int StableHash(string text) => text.Aggregate(17, (hash, c) => unchecked((hash * 31) + c));

    [GeneratedRegex(@"^[a-z]([a-z0-9-]*[a-z0-9])?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DnsLabel { get; }

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9-]*[a-z0-9])?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DnsPart { get; }

    [GeneratedRegex(@"^(?=.{1,15}\z)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PortName { get; }

    [GeneratedRegex(@"^[A-Za-z_][-._A-Za-z0-9]{0,252}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ConfigKey { get; }

    [GeneratedRegex("^[A-Za-z0-9_.-]+?-[0-9a-f]{10}-", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AspirePrefix { get; }
}
