using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Adds values that come from outside the code.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>Adds a value that configuration gives under <c>Parameters:name</c>.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, [ResourceName] string name, bool secret = false) =>
        builder.Add(new ParameterResource(name, fallback => ParameterValue.Read(builder.Configuration, name, $"Parameters:{name}", fallback), secret));

    /// <summary>Adds a value known to the code.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Name of the parameter.</param>
    /// <param name="value">Its value in a run.</param>
    /// <param name="publishValueAsDefault">Whether the manifest carries the value; not for a secret.</param>
    /// <param name="secret">Whether the value must not be shown.</param>
    /// <exception cref="ArgumentException">A secret would be published.</exception>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string value, bool publishValueAsDefault = false, bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(value);
        return builder.AddParameter(name, () => value, publishValueAsDefault, secret);
    }

    /// <param name="builder">The application.</param>
    /// <param name="name">Name of the parameter.</param>
    /// <param name="valueGetter">Gives its value in a run; called when the value is first needed.</param>
    /// <param name="publishValueAsDefault">Whether the manifest carries the value; not for a secret.</param>
    /// <param name="secret">Whether the value must not be shown.</param>
    /// <inheritdoc cref="AddParameter(IDistributedApplicationBuilder, string, string, bool, bool)"/>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, Func<string> valueGetter, bool publishValueAsDefault = false, bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(valueGetter);
        return publishValueAsDefault && secret
            ? throw new ArgumentException($"Parameter '{name}' is secret and cannot be published with its value. Drop one of the two.", nameof(publishValueAsDefault))
            : builder.Add(new ParameterResource(name, _ => valueGetter(), secret)
            {
                Default = publishValueAsDefault ? new ConstantParameterDefault(valueGetter) : null,
            });
    }

    /// <summary>Adds a value that configuration gives under <c>Parameters:name</c>, or else a default.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Name of the parameter.</param>
    /// <param name="value">The default; a generated one is <see cref="GenerateParameterDefault"/>.</param>
    /// <param name="secret">Whether the value must not be shown.</param>
    /// <param name="persist">Whether the default is kept in the AppHost's user secrets, so that the next run gets the same.</param>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, ParameterDefault value, bool secret = false, bool persist = false) =>
        builder.Add(ParameterValue.WithDefault(builder, name, secret, value, persist));

    /// <summary>Adds a value that configuration gives under a key of one's choice.</summary>
    public static IResourceBuilder<ParameterResource> AddParameterFromConfiguration(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string configurationKey, bool secret = false) =>
        builder.Add(new ParameterResource(name, fallback => ParameterValue.Read(builder.Configuration, name, configurationKey, fallback), secret));

    /// <summary>Adds a connection string that configuration gives under <c>ConnectionStrings:name</c>.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Name of the connection string.</param>
    /// <param name="environmentVariableName">The variable that carries it to others; <c>ConnectionStrings__name</c> when null.</param>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string? environmentVariableName = null)
    {
        var resource = new ConnectionStringParameterResource(
            name, _ => ParameterValue.Read(builder.Configuration, name, $"ConnectionStrings:{name}", fallback: null), environmentVariableName);
        builder.Add(resource);
        return builder.CreateResourceBuilder<IResourceWithConnectionString>(resource);
    }

    /// <summary>Says what the parameter is for, where the dashboard shows or asks for it.</summary>
    public static IResourceBuilder<ParameterResource> WithDescription(
        this IResourceBuilder<ParameterResource> builder, string description, bool enableMarkdown = false)
    {
        builder.Resource.Description = description;
        builder.Resource.EnableDescriptionMarkdown = enableMarkdown;
        return builder;
    }

    /// <summary>Makes a parameter that configuration gives, without adding it.</summary>
    public static ParameterResource CreateParameter(IDistributedApplicationBuilder builder, string name, bool secret) =>
        new(name, fallback => ParameterValue.Read(builder.Configuration, name, $"Parameters:{name}", fallback), secret);

    /// <summary>Makes a parameter with a generated default, kept in user secrets, without adding it.</summary>
    public static ParameterResource CreateGeneratedParameter(
        IDistributedApplicationBuilder builder, string name, bool secret, GenerateParameterDefault parameterDefault) =>
        ParameterValue.WithDefault(builder, name, secret, parameterDefault, persist: true);

    /// <summary>Makes a secret parameter with a generated password of at least 22 characters, kept in user secrets, without adding it.</summary>
    public static ParameterResource CreateDefaultPasswordParameter(
        IDistributedApplicationBuilder builder, string name, bool lower = true, bool upper = true, bool numeric = true, bool special = true,
        int minLower = 0, int minUpper = 0, int minNumeric = 0, int minSpecial = 0) =>
        CreateGeneratedParameter(builder, name, secret: true, new GenerateParameterDefault
        {
            MinLength = 22, // 22 letters and digits carry the 128 bits of a strong key
            Lower = lower,
            Upper = upper,
            Numeric = numeric,
            Special = special,
            MinLower = minLower,
            MinUpper = minUpper,
            MinNumeric = minNumeric,
            MinSpecial = minSpecial,
        });

    private static IResourceBuilder<T> Add<T>(this IDistributedApplicationBuilder builder, T parameter) where T : ParameterResource => builder
        .AddResource(parameter)
        .WithInitialState(new CustomResourceSnapshot
        {
            ResourceType = "Parameter",
            Properties =
            [
                new("parameter.secret", parameter.Secret.ToString()),
                new(CustomResourceKnownProperties.Source, parameter.ConfigurationKey),
            ],
        });
}
