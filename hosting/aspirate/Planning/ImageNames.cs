using System.Text.RegularExpressions;

namespace MsaAspire.Aspirate.Planning;

/// <summary>How images are named.</summary>
internal sealed record ImageNaming(string? Registry, string? Prefix, string Tag)
{
    public ImageName Of(string workload) =>
        new(string.Join('/', new[] { Registry, Prefix, workload }.Where(p => !string.IsNullOrEmpty(p)).Select(p => p!.Trim('/'))), Tag);
}

/// <summary>A repository name that registries accept.</summary>
internal static partial class ImageNames
{
    /// <exception cref="AspirateException">A part of the name is not valid.</exception>
    public static void Check(ImageNaming naming)
    {
        if (!SettingsCheck.IsTag(naming.Tag))
        {
            throw new AspirateException(
                $"\"{naming.Tag}\" is no tag of an image: letters, digits, '_', '.' and '-', 128 at most. "
                + "Give another with --container-image-tag.");
        }

        if (naming.Registry is { } registry && !Registry.IsMatch(registry))
        {
            throw new AspirateException(
                $"\"{registry}\" is no container registry: a host with an optional port and path, without a scheme, such as ghcr.io/owner. "
                + "Give another with --container-registry.");
        }

        if (naming.Prefix is { } prefix && !Path.IsMatch(prefix))
        {
            throw new AspirateException(
                $"\"{prefix}\" cannot stand before an image's name: letters in lower case, digits, and '.', '_', '-' and '/' between them. "
                + "Give another with --container-repository-prefix.");
        }
    }

    [GeneratedRegex(@"^([A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\])(:\d{1,5})?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*/?\z",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Registry { get; }

    [GeneratedRegex(@"^/?[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*/?\z",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Path { get; }
}
