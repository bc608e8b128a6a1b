/** A Note from another server that answers one of our posts, or an answer to it. */
export interface RemoteReply {
  /** The Note's id: the same reply is taken once, however often it comes. */
  readonly remoteUrl: string
  /** The id that it answers: of another reply, or an address of ours. */
  readonly inReplyTo: string
  /** When the caller knows which post is meant. Otherwise `inReplyTo` alone must tell. */
  readonly postId?: string
  readonly author: {
    /** The actor's id. The caller has made sure that the reply is theirs. */
    readonly url: string
    readonly name: string
    /** As people write it: `ada@example.org`. */
    readonly handle?: string
    readonly avatar?: string
  }
  /** As it came. It is made safe here. */
  readonly html: string
  readonly publishedAt: Date
}

/** Somebody on another server by their actor's id, or everybody on it. */
export type RemoteAuthor = { readonly authorUrl: string } | { readonly host: string }

export type ReceivedReply =
  | { readonly status: 'received'; readonly id: string; readonly isHeld: boolean }
  /** It was there already. It stays as it is. */
  | { readonly status: 'known'; readonly id: string }
  | { readonly status: 'refused'; readonly reason: string }

/** What people on other servers say under posts. A part of `CommentsService`. */
export interface RemoteCommentsService {
  /**
   * A reply is published at once when its author has a published one here, and else held. Only posts
   * that everybody may read are answered from elsewhere.
   */
  receiveReply(reply: RemoteReply): Promise<ReceivedReply>

  /** Returns whether there is such a reply of that author. A hidden one stays hidden. */
  updateReply(
    change: Pick<RemoteReply, 'remoteUrl' | 'html'> & {
      readonly authorUrl: string
      readonly updatedAt: Date
    },
  ): Promise<boolean>

  /** As when a member deletes a comment. It does not come back when its Note is sent again. */
  removeReply(reply: { readonly remoteUrl: string; readonly authorUrl: string }): Promise<boolean>

  /** All that somebody on another server has said here, when they are gone. */
  removeRepliesOf(author: RemoteAuthor): Promise<void>

  /** Of a comment from another server. */
  findRemoteAuthor(commentId: string): Promise<{ readonly url: string } | undefined>

  /** For moderators: takes away all that is still shown of them. Returns how many. */
  hideRepliesOf(author: RemoteAuthor): Promise<number>
}
