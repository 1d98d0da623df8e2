using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>What a program or project becomes when it is published: a container of the same name that shares its annotations.</summary>
internal sealed class PublishedContainer(IResource original) : ContainerResource(original.Name)
{
    public override ResourceAnnotationCollection Annotations => original.Annotations;

    /// <summary>
    /// In publish mode puts a container, built from the Dockerfile in a folder, in the place of the resource. Once it is there, only configures it.
    /// </summary>
    public static void Replace<T>(IResourceBuilder<T> builder, string contextPath, Action<IResourceBuilder<ContainerResource>> configure) where T : IResource
    {
        var application = builder.ApplicationBuilder;
        if (!application.ExecutionContext.IsPublishMode)
        {
            return;
        }

        if (!application.TryCreateResourceBuilder<ContainerResource>(builder.Resource.Name, out var container))
        {
            // References keep pointing at the original; in the manifest only the name counts, and that is the same.
            application.Resources.Remove(builder.Resource);
            container = application.AddResource(new PublishedContainer(builder.Resource));
            container.WithDockerfile(contextPath);
        }

        configure(container);
    }
}
