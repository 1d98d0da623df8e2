using Aspire.Hosting.Publishing;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// Keeps a generated default in the AppHost's user secrets, so that the next run gets the same value: a password must still fit the data
/// volume that was made with it.
/// </summary>
internal sealed class UserSecretsParameterDefault(ParameterDefault inner, UserSecrets secrets, IConfigurationManager configuration, string parameterName)
    : ParameterDefault
{
    public override string GetDefaultValue()
    {
        var key = $"Parameters:{parameterName}";
        var value = inner.GetDefaultValue();
        if (secrets.TryAdd(key, value) is { } kept)
        {
            value = kept;
            configuration[key] = value;
        }

        return value;
    }

    public override void WriteToManifest(ManifestPublishingContext context) => inner.WriteToManifest(context);
}
