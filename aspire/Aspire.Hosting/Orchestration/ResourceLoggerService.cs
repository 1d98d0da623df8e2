using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The logs of the resources.</summary>
public class ResourceLoggerService
{
    public ILogger GetLogger(IResource resource) => NullLogger.Instance;
}
