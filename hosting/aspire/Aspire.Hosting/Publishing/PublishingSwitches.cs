namespace Aspire.Hosting.Publishing;

/// <summary>The command line of publish mode, as configuration keys.</summary>
internal static class PublishingSwitches
{
    public const string OperationKey = "AppHost:Operation";
    public const string StepKey = "Pipeline:Step";
    public const string PublisherKey = "Publishing:Publisher";
    public const string OutputPathKey = "Publishing:OutputPath";

    /// <summary>What <c>AddCommandLine</c> needs to know of the switches.</summary>
    public static Dictionary<string, string> Mappings { get; } = new()
    {
        ["--operation"] = OperationKey,
        ["--step"] = StepKey,
        ["--publisher"] = PublisherKey,
        ["--output-path"] = OutputPathKey,
    };
}
