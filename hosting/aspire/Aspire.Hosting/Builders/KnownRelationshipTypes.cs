namespace Aspire.Hosting;

/// <summary>The relationships that the dashboard draws.</summary>
internal static class KnownRelationshipTypes
{
    public const string Parent = "Parent";
    public const string Reference = "Reference";
    public const string WaitFor = "WaitFor";
}
