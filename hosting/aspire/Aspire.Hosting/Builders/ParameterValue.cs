using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

internal static class ParameterValue
{
    /// <summary>The configured value, or else the default.</summary>
    /// <exception cref="MissingParameterValueException">There is neither.</exception>
    public static string Read(IConfiguration configuration, string name, string key, ParameterDefault? fallback) =>
        // Environment variables cannot have a hyphen in their name.
        configuration[key] ?? configuration[key.Replace('-', '_')] ?? fallback?.GetDefaultValue() ?? throw new MissingParameterValueException(
            $"The parameter '{name}' has no value. Set '{key}' in user secrets (dotnet user-secrets set \"{key}\" ...), "
            + $"in appsettings.json, or as the environment variable {key.Replace(":", "__").Replace('-', '_')}.");

    public static ParameterResource WithDefault(IDistributedApplicationBuilder builder, string name, bool secret, ParameterDefault value, bool persist)
    {
        if (persist && builder.ExecutionContext.IsRunMode)
        {
            value = new UserSecretsParameterDefault(value, UserSecrets.Of(builder.AppHostAssembly), builder.Configuration, name);
        }

        return new ParameterResource(name, fallback => Read(builder.Configuration, name, $"Parameters:{name}", fallback), secret) { Default = value };
    }
}
