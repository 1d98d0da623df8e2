using Aspire.Hosting.ApplicationModel;
using static Aspire.Hosting.ApplicationModel.ReferenceEnvironmentInjectionFlags;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>
    /// Passes on how to connect: the variable <c>ConnectionStrings__name</c>, and one for each part of the connection, such as <c>NAME_HOST</c>.
    /// </summary>
    /// <param name="builder">Who gets the variables.</param>
    /// <param name="source">What it connects to.</param>
    /// <param name="connectionName">Name of the connection; that of the source when null.</param>
    /// <param name="optional">Whether a missing connection string is left out instead of an error at start.</param>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithConnectionString> source, string? connectionName = null, bool optional = false)
        where TDestination : IResourceWithEnvironment
    {
        var resource = source.Resource;
        connectionName ??= resource.Name;
        return builder.WithReferenceRelationship(resource).WithEnvironment(context =>
        {
            var variables = context.EnvironmentVariables;
            if (builder.Injects(ConnectionString))
            {
                variables[resource.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{connectionName}"] = new ConnectionStringReference(resource, optional);
            }

            if (builder.Injects(ConnectionProperties))
            {
                var prefix = connectionName.Length == 0 ? "" : EnvironmentVariableName.Encode(connectionName).ToUpperInvariant() + "_";
                foreach (var (name, value) in ConnectionPropertiesOf(resource))
                {
                    variables[prefix + name.ToUpperInvariant()] = value;
                }
            }
        });
    }

    /// <summary>Passes on the URLs of the source's endpoints: <c>NAME_ENDPOINT</c>, and <c>services__name__endpoint__0</c> for .NET service discovery.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment => builder.ReferToEndpoints(source.Resource, endpointName: null, serviceName: null);

    /// <summary>Passes on the URLs of the source's endpoints under another name.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source, string name)
        where TDestination : IResourceWithEnvironment => builder.ReferToEndpoints(source.Resource, endpointName: null, name);

    /// <summary>Passes on the URL of one endpoint.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, EndpointReference endpointReference)
        where TDestination : IResourceWithEnvironment =>
        builder.ReferToEndpoints(endpointReference.Resource, endpointReference.EndpointName, serviceName: null);

    /// <summary>Passes on a URL: <c>name</c>, and <c>services__name__default__0</c> for .NET service discovery.</summary>
    /// <exception cref="InvalidOperationException">The URI is not absolute, or has a query or a fragment.</exception>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, string name, Uri uri)
        where TDestination : IResourceWithEnvironment
    {
        var violation = uri switch
        {
            { IsAbsoluteUri: false } => "is not absolute",
            { Query.Length: > 0 } => "has a query",
            { Fragment.Length: > 0 } => "has a fragment",
            _ => null,
        };
        if (violation is not null)
        {
            throw new InvalidOperationException(
                $"Resource '{builder.Resource.Name}' cannot refer to '{name}': the URI '{uri}' {violation}. "
                + "Give the service's base address, such as https://example.org/.");
        }

        return builder.WithEnvironment(context =>
        {
            if (builder.Injects(ServiceDiscovery))
            {
                context.EnvironmentVariables[$"services__{name}__default__0"] = uri.ToString();
            }

            if (builder.Injects(Endpoints))
            {
                context.EnvironmentVariables[EnvironmentVariableName.Encode(name)] = uri.ToString();
            }
        });
    }

    /// <summary>Chooses which variables references set on this resource; all of them by default.</summary>
    public static IResourceBuilder<TDestination> WithReferenceEnvironment<TDestination>(
        this IResourceBuilder<TDestination> builder, ReferenceEnvironmentInjectionFlags flags)
        where TDestination : IResourceWithEnvironment => builder.WithAnnotation(new ReferenceEnvironmentInjectionAnnotation(flags));

    /// <summary>Adds a part of the connection that references pass on as a variable of its own.</summary>
    public static IResourceBuilder<T> WithConnectionProperty<T>(this IResourceBuilder<T> builder, string name, ReferenceExpression value)
        where T : IResourceWithConnectionString => builder.WithAnnotation(new ConnectionPropertyAnnotation(name, value));

    /// <inheritdoc cref="WithConnectionProperty{T}(IResourceBuilder{T}, string, ReferenceExpression)"/>
    public static IResourceBuilder<T> WithConnectionProperty<T>(this IResourceBuilder<T> builder, string name, string value)
        where T : IResourceWithConnectionString => builder.WithConnectionProperty(name, ReferenceExpression.Create($"{value}"));

    /// <summary>One part of a resource's connection, such as <c>Host</c>; empty when it has no such part.</summary>
    public static ReferenceExpression GetConnectionProperty(this IResourceWithConnectionString resource, string key) =>
        resource.GetConnectionProperties().FirstOrDefault(p => string.Equals(p.Key, key, StringComparison.OrdinalIgnoreCase)).Value ?? ReferenceExpression.Empty;

    /// <summary>Lets another resource's connection string stand in for this one's.</summary>
    public static IResourceBuilder<T> WithConnectionStringRedirection<T>(this IResourceBuilder<T> builder, IResourceWithConnectionString resource)
        where T : IResourceWithConnectionString =>
        builder.WithAnnotation(new ConnectionStringRedirectAnnotation(resource), ResourceAnnotationMutationBehavior.Replace);

    private static IEnumerable<KeyValuePair<string, ReferenceExpression>> ConnectionPropertiesOf(IResourceWithConnectionString resource) =>
        resource.GetConnectionProperties().Concat(
            resource.Annotations.OfType<ConnectionPropertyAnnotation>().Select(p => KeyValuePair.Create(p.Name, p.Value)));

    private static bool Injects<T>(this IResourceBuilder<T> builder, ReferenceEnvironmentInjectionFlags kind) where T : IResource =>
        !builder.Resource.TryGetLastAnnotation<ReferenceEnvironmentInjectionAnnotation>(out var chosen) || chosen.Flags.HasFlag(kind);
}
