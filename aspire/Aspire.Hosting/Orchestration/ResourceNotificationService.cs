namespace Aspire.Hosting.ApplicationModel;

/// <summary>What is known of every resource now.</summary>
public class ResourceNotificationService
{
}
