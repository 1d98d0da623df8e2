using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.RabbitMQ;

internal static partial class BrokerImage
{
    public const string Registry = "docker.io";
    public const string Image = "library/rabbitmq";
    public const string Tag = "4.3";

    /// <summary>Finds the tag of the same version that carries the management plugin, e.g. <c>4.3-management-alpine</c> for <c>4.3-alpine</c>.</summary>
    public static bool TryGetManagementTag(ContainerImageAnnotation image, [NotNullWhen(true)] out string? tag)
    {
        tag = null;
        if (image.Registry != Registry || !string.Equals(image.Image, Image, StringComparison.OrdinalIgnoreCase))
            return false;

        var match = KnownTag().Match(image.Tag is { Length: > 0 } current ? current : Tag);
        if (!match.Success)
            return false;

        tag = $"{match.Groups["version"].Value}-management{match.Groups["alpine"].Value}";
        return true;
    }

    [GeneratedRegex(@"^(?<version>\d+(\.\d+)*)(-management)?(?<alpine>-alpine)?$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KnownTag();
}
