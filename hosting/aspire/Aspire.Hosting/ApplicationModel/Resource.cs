using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Base of all resources.</summary>
[DebuggerDisplay("{DebuggerToString(),nq}")]
public abstract class Resource : IResource
{
    /// <exception cref="DistributedApplicationException">The name is not allowed; see <see cref="ModelName"/>.</exception>
    protected Resource(string name)
    {
        ModelName.Validate("resource", name);
        Name = name;
    }

    public virtual string Name { get; }

    public virtual ResourceAnnotationCollection Annotations { get; } = [];

    private string DebuggerToString() => $"Type = {GetType().Name}, Name = \"{Name}\", Annotations = {Annotations.Count}";
}
