namespace Aspire.Hosting;

/// <summary>The application cannot be built, started or published as it is described; the message names the resource and the mend.</summary>
public class DistributedApplicationException : Exception
{
    public DistributedApplicationException()
    {
    }

    public DistributedApplicationException(string message) : base(message)
    {
    }

    public DistributedApplicationException(string message, Exception inner) : base(message, inner)
    {
    }
}
