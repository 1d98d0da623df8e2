using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>The resource's HTTP endpoints speak HTTP/2 only.</summary>
internal sealed class Http2ServiceAnnotation : IResourceAnnotation;
