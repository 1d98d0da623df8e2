using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Where a project's endpoints came from, as far as it changes how the project is told of them.</summary>
internal sealed class ProjectEndpointsAnnotation : IResourceAnnotation
{
    /// <summary>The host that Kestrel's own configuration binds an endpoint to.</summary>
    public Dictionary<EndpointAnnotation, string> KestrelHosts { get; } = [];

    /// <summary>
    /// The https endpoint that publishing adds by itself. A container seldom has a certificate, so the process is not told to listen on it.
    /// </summary>
    public EndpointAnnotation? DefaultHttps { get; set; }

    public static ProjectEndpointsAnnotation Of(ProjectResource project)
    {
        if (!project.TryGetLastAnnotation<ProjectEndpointsAnnotation>(out var annotation))
        {
            annotation = new ProjectEndpointsAnnotation();
            project.Annotations.Add(annotation);
        }

        return annotation;
    }
}

/// <summary>Decides which endpoints a project is told of.</summary>
internal sealed class EndpointEnvironmentInjectionFilterAnnotation(Func<EndpointAnnotation, bool> filter) : IResourceAnnotation
{
    public Func<EndpointAnnotation, bool> Filter { get; } = filter;
}
