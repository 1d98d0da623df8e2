namespace Aspire.Hosting.ApplicationModel;

/// <summary>Runs commands of resources.</summary>
public class ResourceCommandService
{
}
