using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>Writes all resources: those of the model in its order, then those only referred to, then encoded parameters.</summary>
internal sealed class ManifestModel(ManifestPublishingContext context, ManifestReferences references)
{
    public async Task WriteAsync(DistributedApplicationModel model)
    {
        var written = new HashSet<string>(model.Resources.Select(resource => resource.Name), StringComparer.OrdinalIgnoreCase);
        references.Reserve(written);

        context.Writer.WriteStartObject();
        context.Writer.WriteStartObject("resources");
        foreach (var resource in model.Resources)
            await WriteAsync(resource);

        // Writing one may bring up further ones.
        while (references.Resources.FirstOrDefault(resource => written.Add(resource.Name)) is { } referenced)
            await WriteAsync(referenced);
        WriteEncoded(references.TakeEncoded());
        context.Writer.WriteEndObject();
        context.Writer.WriteEndObject();
    }

    private async Task WriteAsync(IResource resource)
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        if (SectionOf(resource) is not { } section)
            return;

        context.Writer.WriteStartObject(resource.Name);
        try
        {
            await section(context);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new DistributedApplicationException($"Resource '{resource.Name}' cannot be written to the manifest: {e.Message}", e);
        }

        context.Writer.WriteEndObject();
        if (resource is ParameterResource parameter)
            WriteEncoded(references.TakeEncoded(parameter));
    }

    /// <summary>How a resource is written; null leaves it out.</summary>
    private static Func<ManifestPublishingContext, Task>? SectionOf(IResource resource)
    {
        if (resource.TryGetLastAnnotation<ManifestPublishingCallbackAnnotation>(out var custom))
            return custom.Callback;
        return resource switch
        {
            ContainerResource container => context => context.WriteContainerAsync(container),
            ProjectResource project => context => ProjectSection.WriteAsync(context, project),
            ExecutableResource executable => context => ExecutableSection.WriteAsync(context, executable),
            ParameterResource parameter => context => ParameterSection.WriteAsync(context, parameter),
            IResourceWithConnectionString value => context => ValueSection.WriteAsync(context, value),
            _ => _ => throw new DistributedApplicationException(
                $"a {resource.GetType().Name} has no form there. Leave it out with ExcludeFromManifest() or write it with WithManifestPublishingCallback()."),
        };
    }

    private void WriteEncoded(IEnumerable<EncodedParameter> encodedParameters)
    {
        foreach (var (name, parameter, filter) in encodedParameters)
        {
            context.Writer.WriteStartObject(name);
            context.Writer.WriteString("type", "annotated.string");
            context.Writer.WriteString("value", parameter.ValueExpression);
            context.Writer.WriteString("filter", filter);
            context.Writer.WriteEndObject();
        }
    }
}
