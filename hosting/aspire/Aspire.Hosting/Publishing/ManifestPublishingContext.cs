using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>The manifest that is being written; what a <see cref="ManifestPublishingCallbackAnnotation"/> writes with.</summary>
/// <param name="executionContext">The mode the AppHost runs in.</param>
/// <param name="manifestPath">Where the manifest goes; paths in it are relative to its folder.</param>
/// <param name="writer">Writes the manifest.</param>
/// <param name="cancellationToken">Ends the work.</param>
public sealed class ManifestPublishingContext(
    DistributedApplicationExecutionContext executionContext, string manifestPath, Utf8JsonWriter writer, CancellationToken cancellationToken = default)
{
    private readonly ManifestReferences _references = new();
    private readonly BindingPorts _ports = new();

    /// <summary>The mode the AppHost runs in.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; } = executionContext;

    /// <summary>Where the manifest goes.</summary>
    public string ManifestPath { get; } = manifestPath;

    /// <summary>Writes the manifest.</summary>
    public Utf8JsonWriter Writer { get; } = writer;

    /// <summary>Ends the work.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>Makes a path relative to the manifest's folder, with forward slashes.</summary>
    [return: NotNullIfNotNull(nameof(path))]
    public string? GetManifestRelativePath(string? path)
    {
        if (path is null)
            return null;
        var folder = Path.GetDirectoryName(Path.GetFullPath(ManifestPath))
            ?? throw new DistributedApplicationException($"The manifest path '{ManifestPath}' is not a file in a folder.");
        return Path.GetRelativePath(folder, path.Replace('\\', Path.DirectorySeparatorChar)).Replace('\\', '/');
    }

    /// <summary>Writes a container's type, image or build, entry point, arguments, mounts, environment and bindings.</summary>
    /// <exception cref="DistributedApplicationException">The container has neither an image nor a Dockerfile.</exception>
    public Task WriteContainerAsync(ContainerResource container) => ContainerSection.WriteAsync(this, container);

    /// <summary>Writes <c>connectionString</c>, if the resource has one.</summary>
    public void WriteConnectionString(IResource resource)
    {
        if (resource is IResourceWithConnectionString { ConnectionStringExpression: { } connectionString })
            Writer.WriteString("connectionString", Express(connectionString));
    }

    /// <summary>Writes the resource's endpoints as <c>bindings</c>; allocates ports from 8000 where none is given and one is needed.</summary>
    public void WriteBindings(IResource resource)
    {
        var endpoints = resource.Annotations.OfType<EndpointAnnotation>().ToList();
        if (endpoints.Count == 0)
            return;

        Writer.WriteStartObject("bindings");
        var ports = _ports.For(resource);
        foreach (var endpoint in endpoints)
        {
            var (port, targetPort) = ports.Resolve(endpoint);
            Writer.WriteStartObject(endpoint.Name);
            Writer.WriteString("scheme", endpoint.UriScheme);
            Writer.WriteString("protocol", endpoint.Protocol.ToString().ToLowerInvariant());
            Writer.WriteString("transport", endpoint.Transport);
            if (port is not null && port != targetPort)
                Writer.WriteNumber("port", port.Value);
            if (targetPort is not null)
                Writer.WriteNumber("targetPort", targetPort.Value);
            if (endpoint.IsExternal)
                Writer.WriteBoolean("external", true);
            Writer.WriteEndObject();
        }

        Writer.WriteEndObject();
    }

    /// <summary>Writes what the resource's environment callbacks set as <c>env</c>.</summary>
    public async Task WriteEnvironmentVariablesAsync(IResource resource)
    {
        var environment = new EnvironmentCallbackContext(ExecutionContext, resource, cancellationToken: CancellationToken);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToList())
            await annotation.Callback(environment);
        if (environment.EnvironmentVariables.Count == 0)
            return;

        Writer.WriteStartObject("env");
        foreach (var (name, value) in environment.EnvironmentVariables)
            Writer.WriteString(name, Express(value));
        Writer.WriteEndObject();
    }

    /// <summary>Writes what the resource's argument callbacks add as <c>args</c>.</summary>
    public async Task WriteCommandLineArgumentsAsync(IResource resource)
    {
        var arguments = new CommandLineArgsCallbackContext([], resource, CancellationToken) { ExecutionContext = ExecutionContext };
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToList())
            await annotation.Callback(arguments);
        if (arguments.Args.Count == 0)
            return;

        Writer.WriteStartArray("args");
        foreach (var argument in arguments.Args)
            Writer.WriteStringValue(Express(argument));
        Writer.WriteEndArray();
    }

    /// <summary>Sees to it that the resources a value refers to are in the manifest, at its end if they are not part of the model.</summary>
    /// <exception cref="DistributedApplicationException">The value refers to an endpoint that does not exist.</exception>
    public void TryAddDependentResources(object? value) => _references.Add(value);

    internal Task WriteModelAsync(DistributedApplicationModel model) => new ManifestModel(this, _references).WriteAsync(model);

    /// <summary>Turns a value into the manifest's text for it and notes what it refers to.</summary>
    internal string Express(object? value)
    {
        TryAddDependentResources(value);
        return value switch
        {
            null => "",
            string text => text,
            bool flag => flag ? "true" : "false",
            ReferenceExpression expression => _references.ExpressionOf(expression),
            IManifestExpressionProvider provider => provider.ValueExpression,
            IFormattable plain => plain.ToString(format: null, System.Globalization.CultureInfo.InvariantCulture),
            _ => throw new DistributedApplicationException(
                $"A value of type {value.GetType().Name} cannot be written to a manifest. Give text, or a reference such as a parameter, an endpoint or a ReferenceExpression."),
        };
    }
}
