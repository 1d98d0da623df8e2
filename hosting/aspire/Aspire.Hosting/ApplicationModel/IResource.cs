namespace Aspire.Hosting.ApplicationModel;

/// <summary>A part of the application: something that is run, referred to, or deployed. All that is known of it is in its annotations.</summary>
public interface IResource
{
    /// <summary>Unique in the application, regardless of case.</summary>
    string Name { get; }

    ResourceAnnotationCollection Annotations { get; }
}

/// <summary>A fact about a resource.</summary>
public interface IResourceAnnotation;

/// <summary>A resource that takes command-line arguments.</summary>
public interface IResourceWithArgs : IResource;

/// <summary>A resource that takes environment variables.</summary>
public interface IResourceWithEnvironment : IResource;

/// <summary>A resource that listens on endpoints.</summary>
public interface IResourceWithEndpoints : IResource;

/// <summary>A resource that can wait for others before it starts.</summary>
public interface IResourceWithWaitSupport : IResource;

/// <summary>A resource that can be probed while it runs.</summary>
public interface IResourceWithProbes : IResource;

/// <summary>A resource that is deployed as code or as an image.</summary>
public interface IComputeResource : IResource;

/// <summary>A resource with a value but no life of its own, such as a parameter.</summary>
public interface IResourceWithoutLifetime : IResource;

/// <summary>A resource that belongs to another one.</summary>
public interface IResourceWithParent : IResource
{
    IResource Parent { get; }
}

/// <inheritdoc cref="IResourceWithParent"/>
public interface IResourceWithParent<out T> : IResourceWithParent where T : IResource
{
    new T Parent { get; }

    IResource IResourceWithParent.Parent => Parent;
}

/// <summary>Marks a parameter that names something in the model, for analyzers.</summary>
public interface IModelNameParameter;

/// <summary>Marks a parameter that is a resource's name.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ResourceNameAttribute : Attribute, IModelNameParameter;

/// <summary>Marks a parameter that is an endpoint's name.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class EndpointNameAttribute : Attribute, IModelNameParameter;
